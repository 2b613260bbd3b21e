//! Decisions and simulations in words, for a terminal.
use callboard_model::view::{ExplainView, ReasonRow, SimulationView};

/// Says what was decided and by which rules.
pub(super) fn explained(view: &ExplainView) -> String {
    let on = view
        .resource
        .as_ref()
        .map(|label| format!(" on {}", label.entity_ref));
    let mut text = format!(
        "{}: {} for {}{}\n",
        view.decision,
        view.permission,
        view.user.entity_ref,
        on.unwrap_or_default()
    );
    if !view.user.exists {
        text.push_str("note: the catalog has no such user, so it belongs to no group\n");
    }
    if let Some(label) = view.resource.as_ref().filter(|label| !label.exists) {
        text.push_str(&format!("note: the catalog has no {}\n", label.entity_ref));
    }
    if let Some((holds, all)) = view.holds_for {
        text.push_str(&format!(
            "the condition holds for {holds} of {all} entities\n"
        ));
    }
    text.push_str(&format!(
        "counts as theirs: {}\n",
        view.ownership.join(", ")
    ));
    if view.reasons.is_empty() {
        text.push_str("no rule of the user's roles is about this permission, so it is denied\n");
    }
    for reason in &view.reasons {
        text.push_str(&reason_line(reason));
    }
    text
}

fn reason_line(reason: &ReasonRow) -> String {
    let mut text = format!(
        "{} {} {} by {} (member by {}), {}\n",
        if reason.counts { "-" } else { "x" },
        reason.effect,
        reason.permission,
        reason.role,
        reason.via,
        reason.place
    );
    if let Some(condition) = &reason.condition {
        let holds = match reason.holds {
            None => "",
            Some(true) => " (holds)",
            Some(false) => " (does not hold)",
        };
        let lines: String = condition
            .lines()
            .map(|line| format!("      {line}\n"))
            .collect();
        text.push_str(&format!("    when{holds}:\n{lines}"));
    }
    if let Some(note) = &reason.note {
        text.push_str(&format!("    {note}\n"));
    }
    text
}

/// Says what a changed policy would decide otherwise.
pub(super) fn simulated(view: &SimulationView) -> String {
    let mut text = format!(
        "{} requests of the audit log were asked again; {} would be answered otherwise.\n",
        view.replayed,
        view.differs.iter().map(|one| one.times).sum::<usize>()
    );
    for one in &view.differs {
        let on = one
            .resource
            .as_ref()
            .map(|resource| format!(" on {resource}"));
        text.push_str(&format!(
            "- {} times: {} {}{}: {} -> {}\n",
            one.times,
            one.actor,
            one.permission,
            on.unwrap_or_default(),
            one.before,
            one.after
        ));
    }
    text.push_str(&format!(
        "{} people were looked at; {} would see another catalog.\n",
        view.people,
        view.reads.len()
    ));
    for one in &view.reads {
        text.push_str(&format!(
            "- {}: {} -> {} entities\n",
            one.user, one.before, one.after
        ));
        let list = |word: &str, refs: &[String]| {
            if refs.is_empty() {
                String::new()
            } else {
                format!("    {word}: {}\n", refs.join(", "))
            }
        };
        text.push_str(&list("lost", &one.lost));
        text.push_str(&list("gained", &one.gained));
    }
    text
}
