//! The instrument and its arithmetic. Pure: no clock, no randomness, no browser, no floating point.
//!
//! Ground state is [`content::Content`] (what is asked) and [`response::Response`] (what was answered).
//! [`result::ResultDocument`] is derived from the two and is the only source of every number that a page, a chart or an
//! export shows.

pub mod agenda;
pub mod agreement;
pub mod benchmark;
pub mod brand;
pub mod changes;
pub mod charter;
pub mod code;
pub mod cohort;
pub mod compare;
pub mod content;
pub mod date;
pub mod desk;
pub mod disclosure;
pub mod export;
pub mod findings;
pub mod flow;
pub mod foreign;
pub mod history;
pub mod interface;
pub mod meeting;
pub mod pack;
pub mod people;
pub mod plan;
pub mod ratio;
pub mod read;
pub mod response;
pub mod result;
pub mod score;
pub mod settings;
pub mod template;
pub mod texts;
pub mod views;
pub mod what_if;
pub mod wording;
