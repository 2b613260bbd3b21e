//! Pieces that know nothing of the portal's domain: they take texts, counts and addresses.
pub mod alert;
pub mod avatar;
pub mod badge;
pub mod card;
pub mod code_block;
pub mod copy_button;
pub mod dash;
pub mod empty_state;
pub mod facet_list;
pub mod field;
pub mod filter_chip;
pub mod icon;
pub mod key_value;
pub mod number;
pub mod pagination;
pub mod prose;
pub mod sort_header;
