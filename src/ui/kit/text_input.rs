//! A line or a block of text to fill in, with its label, help and what is wrong with it.
use leptos::prelude::*;

use super::{
    area_text::area_text,
    icon::{Glyph, Icon},
};

/// What a control shows around itself, and whether it can be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Control {
    /// The `id` of the control, unique on the page.
    pub id: String,
    /// Name of the value in the form.
    pub name: String,
    /// What to fill in.
    pub label: String,
    /// How to fill it in.
    pub help: Option<String>,
    /// What is wrong with the value, and what would be right.
    pub error: Option<String>,
    /// Whether it cannot be used now.
    pub off: bool,
    /// Whether the value can be read and copied only.
    pub read_only: bool,
    /// Whether it has to be filled in.
    pub required: bool,
    /// Whether the value is being checked or loaded.
    pub busy: bool,
    /// Further classes of the control.
    pub class: &'static str,
}

impl Control {
    /// Returns a control with a label and nothing else.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// Returns the `id`s of the texts that describe the control, for `aria-describedby`.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let help = self.help.as_ref().map(|_| format!("{}-help", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        match (error, help) {
            (Some(error), Some(help)) => Some(format!("{error} {help}")),
            (one, other) => one.or(other),
        }
    }

    /// Returns `aria-invalid`.
    #[must_use]
    pub fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    /// Puts the label above a control, and help and error below it.
    pub fn around(self, control: impl IntoView + 'static) -> impl IntoView {
        let Self { id, label, .. } = self;
        let must = self
            .required
            .then(|| view! { " "<span class="must">"required"</span> });
        let waits = self.busy.then(
            || view! { <span class="spin" aria-hidden="true"><Icon glyph=Glyph::Loader/></span> },
        );
        let help_id = format!("{id}-help");
        let error_id = format!("{id}-error");
        let help = self
            .help
            .map(|text| view! { <p class="help" id=help_id>{text}</p> });
        let error = self.error.map(|text| {
            view! { <p class="mistake" id=error_id><Icon glyph=Glyph::Error/>{text}</p> }
        });
        view! {
            <div class="field">
                <label for=id>{label}{must}</label>
                <div class="holder">{control} {waits}</div>
                {error} {help}
            </div>
        }
    }
}

/// A line of text.
#[component]
pub fn TextInput(
    /// Label, help, error and state.
    control: Control,
    /// The `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// The value at first.
    #[prop(optional, into)]
    value: String,
    /// An example of a value; never the label.
    #[prop(optional, into)]
    placeholder: String,
) -> impl IntoView {
    let placeholder = (!placeholder.is_empty()).then_some(placeholder);
    let input = view! {
        <input
            class=control.class
            type=kind
            id=control.id.clone()
            name=control.name.clone()
            value=value
            placeholder=placeholder
            dir="auto"
            disabled=control.off
            readonly=control.read_only
            required=control.required
            aria-invalid=control.invalid()
            aria-busy=control.busy.then_some("true")
            aria-describedby=control.described_by()
        />
    };
    control.around(input)
}

/// A block of text.
#[component]
pub fn TextArea(
    /// Label, help, error and state.
    control: Control,
    /// How many lines are shown.
    #[prop(default = 4)]
    rows: u32,
    /// The value at first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let area = view! {
        <textarea
            class=control.class
            id=control.id.clone()
            name=control.name.clone()
            rows=rows.to_string()
            dir="auto"
            disabled=control.off
            readonly=control.read_only
            required=control.required
            aria-invalid=control.invalid()
            aria-describedby=control.described_by()
        >
            {area_text(&value)}
        </textarea>
    };
    control.around(area)
}

#[cfg(test)]
mod tests {
    use super::Control;

    #[test]
    fn the_error_is_read_before_the_help() {
        let mut control = Control::new("name", "name", "Name");
        assert_eq!(control.described_by(), None);
        control.help = Some("Lower case.".to_owned());
        assert_eq!(control.described_by().as_deref(), Some("name-help"));
        control.error = Some("It has a space.".to_owned());
        assert_eq!(
            control.described_by().as_deref(),
            Some("name-error name-help")
        );
        assert_eq!(control.invalid(), Some("true"));
    }
}
