//! What differs between two responses of one respondent to one content.

use super::content::Content;
use super::response::{Column, ItemAnswer, Owner, Response};

/// An item that both were asked and that was answered otherwise. Nothing stands for *not answered*.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemChange {
    pub item: String,
    pub before: Option<ItemAnswer>,
    pub after: Option<ItemAnswer>,
}

/// A domain with another owner, today or as it should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DomainChange {
    pub domain: String,
    pub column: Column,
    pub before: Option<Owner>,
    pub after: Option<Owner>,
}

#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Changes {
    /// In content order.
    pub items: Vec<ItemChange>,
    /// In content order, today before the aim.
    pub domains: Vec<DomainChange>,
    /// How many items only one of the two was asked.
    pub asked_once: usize,
    /// Whether the structure is another, which changes the answers that a domain offers.
    pub structure: bool,
}

impl Changes {
    pub fn new(content: &Content, before: &Response, after: &Response) -> Changes {
        let structure = |response| &content.structure(response).id;
        let mut changes = Changes {
            structure: structure(before) != structure(after),
            ..Changes::default()
        };
        for step in &content.instrument.steps {
            let (old, new) = (before.asked_items(step), after.asked_items(step));
            // What is asked of a step begins with the same items.
            let both = old.len().min(new.len());
            changes.asked_once += old.len().max(new.len()) - both;
            for item in &old[..both] {
                let (before, after) = (before.items.get(item), after.items.get(item));
                if before != after {
                    changes.items.push(ItemChange {
                        item: item.clone(),
                        before: before.cloned(),
                        after: after.cloned(),
                    });
                }
            }
        }
        for domain in &content.instrument.domains {
            for column in [Column::Today, Column::Target] {
                let owner =
                    |response: &Response| response.owner(content, &domain.id, column).cloned();
                let (before, after) = (owner(before), owner(after));
                if before != after {
                    changes.domains.push(DomainChange {
                        domain: domain.id.clone(),
                        column,
                        before,
                        after,
                    });
                }
            }
        }
        changes
    }

    /// Whether no answer that both gave differs.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.domains.is_empty()
    }
}
