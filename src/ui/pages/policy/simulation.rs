//! What a changed policy would decide otherwise.
use callboard_model::view::{SimulatedRead, SimulatedRequest, SimulationView};
use leptos::prelude::*;

use super::state::{PolicyProblems, has_errors};
use crate::{
    platform::now_ms,
    ui::{
        components::{decision::DecisionMark, entity_text::EntityText, when::When},
        kit::{
            alert::Alert,
            badge::Tone,
            card::Card,
            dash::Dash,
            number::{counted, thousands},
        },
    },
};

/// The summary, the requests and the people concerned.
#[component]
pub(super) fn Outcome(
    /// What came of it.
    result: SimulationView,
) -> impl IntoView {
    let problems = result.problems.clone();
    if has_errors(&problems) {
        return view! {
            <Alert tone=Tone::Danger title="Nothing was simulated: the policy has errors" answers=true>
                <p>"Repair them in the form below and try again."</p>
            </Alert>
            <PolicyProblems title="Problems of the policy" problems/>
        }
        .into_any();
    }
    let summary = summary(&result);
    let tone = if result.differs.is_empty() && result.reads.is_empty() {
        Tone::Ok
    } else {
        Tone::Warn
    };
    let readers = readers(&result);
    view! {
        <Alert tone title=summary answers=true>
            <p>{readers}</p>
        </Alert>
        <PolicyProblems title="Problems of the policy" problems/>
        {requests(result.differs)}
        {reads(result.reads)}
    }
    .into_any()
}

/// Says how many requests would be answered otherwise.
fn summary(result: &SimulationView) -> String {
    if result.replayed == 0 {
        return "The audit log has no request yet that could be compared".to_owned();
    }
    let all = counted(result.replayed, "request");
    match result.differs.iter().map(|request| request.times).sum() {
        0 => format!("No answer would change: {all} compared"),
        differing => format!(
            "{} of {all} would be answered otherwise",
            thousands(differing)
        ),
    }
}

/// Says how many people would see other entities.
fn readers(result: &SimulationView) -> String {
    let people = match result.people {
        1 => "one person".to_owned(),
        people => format!("{} people", thousands(people)),
    };
    match (result.reads.len(), result.people) {
        (_, 0) => "There was nobody whose view of the catalog could be compared.".to_owned(),
        (0, 1) => "The one person looked at would see the same entities.".to_owned(),
        (0, _) => format!("All of {people} would see the same entities."),
        (others, _) => format!(
            "{} of {people} would see other entities.",
            thousands(others)
        ),
    }
}

fn requests(differs: Vec<SimulatedRequest>) -> impl IntoView {
    (!differs.is_empty()).then(|| {
        let now = now_ms();
        let count = differs.len();
        let rows = differs
            .into_iter()
            .map(|request| request_row(request, now))
            .collect_view();
        view! {
            <Card title="Requests with another answer" id="requests" count=count class="flush before">
                <table class="table stacked">
                    <caption class="vh">"Requests that would be answered otherwise"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Who"</th>
                            <th scope="col">"Permission"</th>
                            <th scope="col">"On"</th>
                            <th scope="col">"Now"</th>
                            <th scope="col">"Then"</th>
                            <th scope="col">"Asked"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Card>
        }
    })
}

fn request_row(request: SimulatedRequest, now: i64) -> impl IntoView {
    let on = match request.resource {
        Some(text) => view! { <EntityText text/> }.into_any(),
        None => view! { <Dash/> }.into_any(),
    };
    let times = counted(request.times, "time");
    view! {
        <tr>
            <td><EntityText text=request.actor/></td>
            <td data-label="Permission"><code>{request.permission}</code></td>
            <td data-label="On">{on}</td>
            <td data-label="Now"><DecisionMark decision=request.before/></td>
            <td data-label="Then"><DecisionMark decision=request.after/></td>
            <td data-label="Asked"><span>{times}", last "<When at=request.at now/></span></td>
        </tr>
    }
}

fn reads(reads: Vec<SimulatedRead>) -> impl IntoView {
    (!reads.is_empty()).then(|| {
        let count = reads.len();
        let rows = reads.into_iter().map(read_row).collect_view();
        view! {
            <Card title="People who would see other entities" id="reads" count=count class="flush before">
                <table class="table stacked">
                    <caption class="vh">"People who would see other entities"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Who"</th>
                            <th scope="col">"Sees now"</th>
                            <th scope="col">"Would see"</th>
                            <th scope="col">"Would lose"</th>
                            <th scope="col">"Would gain"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Card>
        }
    })
}

fn read_row(read: SimulatedRead) -> impl IntoView {
    let number = |number: u64| thousands(usize::try_from(number).unwrap_or(usize::MAX));
    view! {
        <tr>
            <td><EntityText text=read.user/></td>
            <td data-label="Sees now">{number(read.before)}</td>
            <td data-label="Would see"><b>{number(read.after)}</b></td>
            <td data-label="Would lose">{some(read.lost)}</td>
            <td data-label="Would gain">{some(read.gained)}</td>
        </tr>
    }
}

/// Some entities, or the word that there are none.
fn some(refs: Vec<String>) -> AnyView {
    if refs.is_empty() {
        return view! { <span class="quiet">"None"</span> }.into_any();
    }
    let refs = refs.into_iter();
    let refs = refs.map(|text| view! { <EntityText text/> }).collect_view();
    view! { <span class="lines">{refs}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_requests_and_not_rows() {
        let request = SimulatedRequest {
            at: 0,
            times: 3,
            actor: "user:default/ada".to_owned(),
            permission: "catalog.entity.delete".to_owned(),
            resource: None,
            before: "ALLOW".to_owned(),
            after: "DENY".to_owned(),
        };
        let mut result = SimulationView {
            replayed: 1_200,
            differs: vec![request],
            ..SimulationView::default()
        };
        assert_eq!(
            summary(&result),
            "3 of 1,200 requests would be answered otherwise"
        );
        result.differs.clear();
        assert_eq!(
            summary(&result),
            "No answer would change: 1,200 requests compared"
        );
        result.replayed = 0;
        assert!(summary(&result).starts_with("The audit log has no request"));
    }

    #[test]
    fn people_are_counted_in_words_that_fit() {
        let mut result = SimulationView {
            people: 34,
            ..SimulationView::default()
        };
        assert_eq!(
            readers(&result),
            "All of 34 people would see the same entities."
        );
        result.reads.push(SimulatedRead {
            user: "user:default/ada".to_owned(),
            before: 2,
            after: 1,
            lost: Vec::new(),
            gained: Vec::new(),
        });
        assert_eq!(readers(&result), "1 of 34 people would see other entities.");
    }
}
