//! What expressions can ask: who the user is and what they want to do.
use std::{borrow::Cow, cell::OnceCell, rc::Rc};

use super::{run::Value, tree::Fact};
use crate::{Asked, Who};

/// The facts of one question; lists are made when they are first asked for.
pub(crate) struct Facts<'a> {
    who: &'a Who,
    asked: Asked<'a>,
    ownership: OnceCell<Rc<Vec<Value<'a>>>>,
    groups: OnceCell<Rc<Vec<Value<'a>>>>,
}

impl<'a> Facts<'a> {
    /// Collects what one question is about.
    pub(crate) fn new(who: &'a Who, asked: Asked<'a>) -> Self {
        Self {
            who,
            asked,
            ownership: OnceCell::new(),
            groups: OnceCell::new(),
        }
    }

    pub(super) fn get(&self, fact: Fact) -> Value<'a> {
        let text = |text: &'a str| Value::Text(Cow::Borrowed(text));
        match fact {
            Fact::Ref => text(self.user()),
            Fact::Namespace => text(self.parts().0),
            Fact::Name => text(self.parts().1),
            Fact::Permission => text(self.asked.permission),
            Fact::Action => text(self.asked.action.map_or("use", |action| action.as_str())),
            Fact::Ownership => {
                let all = self.who.ownership.iter().map(|r| text(r));
                let list = self.ownership.get_or_init(|| Rc::new(all.collect()));
                Value::List(Rc::clone(list))
            }
            Fact::Groups => {
                let all = self.who.groups.iter().map(|(r, _)| text(r));
                let list = self.groups.get_or_init(|| Rc::new(all.collect()));
                Value::List(Rc::clone(list))
            }
        }
    }

    /// The reference of the user; empty for somebody who has not signed in.
    fn user(&self) -> &'a str {
        self.who.user.as_deref().unwrap_or_default()
    }

    /// Namespace and name of the user.
    fn parts(&self) -> (&'a str, &'a str) {
        let rest = self.user().split_once(':').map_or("", |(_, rest)| rest);
        rest.split_once('/').unwrap_or_default()
    }
}
