//! The files in every language that there is.

use delineate::core::content::Content;
use delineate::core::desk::DeskTexts;
use delineate::core::export::Export;
use delineate::core::interface::Key;
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use scraper::{Html, Selector};

use crate::common::{desk_in, languages, pack_in};
use crate::support::{Case, responses};

fn each(check: impl Fn(&Content, &DeskTexts)) {
    let all = languages();
    assert!(all.len() >= 5, "{all:?}");
    for lang in all {
        let content = Content::parse(&pack_in(&lang));
        let content = content.unwrap_or_else(|problems| panic!("{lang}: {problems:?}"));
        let texts = DeskTexts::load(&desk_in(&lang));
        let texts = texts.unwrap_or_else(|problems| panic!("{lang}: {problems:?}"));
        check(&content, &texts);
    }
}

#[test]
fn no_export_leaves_a_name_open_in_any_language_and_for_any_answers() {
    each(|content, texts| {
        for response in responses() {
            let case = Case::said(content, texts, response);
            for export in Export::ALL {
                let text = case.export(export);
                let open = text
                    .split('{')
                    .skip(1)
                    .find_map(|part| part.split_once('}'));
                // The style of the page has braces of its own.
                let open =
                    open.filter(|(name, _)| name.chars().all(|c| c.is_alphabetic() || c == '-'));
                assert_eq!(open, None, "{} {}", content.lang, export.id());
            }
        }
    });
}

#[test]
fn the_charter_says_its_language_and_its_direction() {
    each(|content, texts| {
        let case = Case::said(content, texts, Response::new(content));
        let text = case.export(Export::CharterHtml);
        let page = Html::parse_document(&text);
        let root = page.root_element().value();
        assert_eq!(root.attr("lang"), Some(content.lang.as_str()));
        let arabic = content.lang == "ar";
        assert_eq!(root.attr("dir"), Some(if arabic { "rtl" } else { "ltr" }));
        let style = Selector::parse("style").expect("a selector");
        let style: String = page.select(&style).flat_map(|style| style.text()).collect();
        let side = if arabic { "right" } else { "left" };
        assert!(style.contains(&format!("text-align: {side}")), "{style}");
    });
}

#[test]
fn a_decimal_has_the_sign_of_the_language_in_a_document_and_a_point_in_a_table_for_programs() {
    each(|content, texts| {
        let mut response = Response::new(content);
        for (item, level) in [
            ("alignment-written", 1),
            ("expectations-agreed", 3),
            ("strategy-goals", 3),
        ] {
            response.answer_item(item, Some(ItemAnswer::Level(level)));
        }
        // Enough for a verdict, without which the brief gives no number.
        for domain in &content.instrument.domains {
            let owner = Owner::Officer("cto".into());
            response.answer_domain(&domain.id, Column::Today, Some(owner));
        }
        let case = Case::said(content, texts, response);
        let exact = case.result.score_exact.expect("there are answers").plain();
        assert!(exact.contains('.'), "{exact} shows no sign");
        let point = content.interface.get(Key::NumberPoint);
        let written = exact.replace('.', point);
        assert!(
            case.export(Export::Markdown).contains(&written),
            "{written}"
        );
        assert!(case.export(Export::Csv).contains(".00"));
    });
}
