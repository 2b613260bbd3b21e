//! What shows data.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, LONG_WORD, RTL},
};
use crate::{
    paths,
    ui::kit::{
        badge::{Badge, Tone},
        card::Card,
        dash::Dash,
        filter_chip::FilterChip,
        icon::Glyph,
        key_value::KeyValue,
        person::Person,
        skeleton::Skeleton,
        tag::Tag,
        timeline::{Timeline, TimelineItem},
    },
};

pub(super) fn tags(_: Pane) -> AnyView {
    let chip = |name: &'static str, value: &'static str| {
        view! { <FilterChip name value href="#tags".to_owned()/> }
    };
    view! {
        <State name="Tag: default, hover, focus, without a link">
            <span class="tags">
                <Tag text="java" href=paths::CATALOG/>
                <Tag text="java" href=paths::CATALOG class="is-hover"/>
                <Tag text="java" href=paths::CATALOG class="is-focus"/>
                <Tag text="java"/>
            </span>
        </State>
        <State name="Chip: a filter that is on"><ul class="chips">{chip("Owner", "team-payments")} {chip("Tier", "1")}</ul></State>
        <State name="Long text, right to left" wide=true>
            <ul class="chips">{chip("Owner", LONG_WORD)} {chip("Owner", RTL)}</ul>
            <span class="tags"><Tag text=LONG_WORD href=paths::CATALOG/><Tag text=RTL href=paths::CATALOG/></span>
        </State>
    }
    .into_any()
}

pub(super) fn badges(_: Pane) -> AnyView {
    view! {
        <State name="With a picture and a word, never a colour alone">
            <Badge tone=Tone::Ok text="production" glyph=Glyph::Done/>
            <Badge tone=Tone::Info text="experimental" glyph=Glyph::Info/>
            <Badge tone=Tone::Warn text="deprecated" glyph=Glyph::Problem/>
            <Badge tone=Tone::Danger text="failed" glyph=Glyph::Error/>
            <Badge tone=Tone::Neutral text="unknown" glyph=Glyph::Help/>
        </State>
        <State name="Word only"><Badge tone=Tone::Ok text="production"/><Badge text="service"/></State>
        <State name="Count"><span class="count">"1,284"</span></State>
        <State name="Right to left"><Badge tone=Tone::Info text=RTL/></State>
    }
    .into_any()
}

pub(super) fn people(_: Pane) -> AnyView {
    view! {
        <State name="Owner"><Person name="Team Payments" note="team" href=paths::HOME/></State>
        <State name="Without a page"><Person name="ada.lovelace" note="not in the catalog"/></State>
        <State name="Without a name"><Person name=""/></State>
        <State name="Long text, right to left" wide=true>
            <Person name=LONG_TEXT note="team" href=paths::HOME/>
            <Person name=RTL href=paths::HOME/>
        </State>
    }
    .into_any()
}

pub(super) fn cards(pane: Pane) -> AnyView {
    view! {
        <State name="Default" wide=true>
            <Card title=pane.label("About") id=pane.id("card-about") count=3><p>"Sells and changes tickets for all harbours."</p></Card>
        </State>
        <State name="Empty" wide=true>
            <Card title=pane.label("Links") id=pane.id("card-links")>
                <p class="none">"No links yet. Add them under "<code>"metadata.links"</code>" of the file."</p>
            </Card>
        </State>
        <State name="Loading" wide=true>
            <Card title=pane.label("Relations") id=pane.id("card-busy")><Skeleton label="Loading relations"/></Card>
        </State>
        <State name="Failed" wide=true>
            <Card title=pane.label("Health") id=pane.id("card-failed")>
                <p class="mistake">"The cluster did not answer. What it said at 09:12 is no longer shown."</p>
            </Card>
        </State>
        <State name="Long text" wide=true><Card title=pane.label(LONG_WORD) id=pane.id("card-long")><p>{LONG_TEXT}</p></Card></State>
    }
    .into_any()
}

pub(super) fn key_values(_: Pane) -> AnyView {
    view! {
        <State name="Values, none, long text, right to left" wide=true>
            <dl class="kv">
                <KeyValue name="Owner"><a href=paths::HOME>"team-payments"</a></KeyValue>
                <KeyValue name="Lifecycle"><Badge tone=Tone::Ok text="production"/></KeyValue>
                <KeyValue name="System"><Dash/></KeyValue>
                <KeyValue name="Reference"><code>{format!("component:default/{LONG_WORD}")}</code></KeyValue>
                <KeyValue name="Title"><bdi>{RTL}</bdi></KeyValue>
            </dl>
        </State>
    }
    .into_any()
}

pub(super) fn timelines(pane: Pane) -> AnyView {
    view! {
        <State name="What happened" wide=true>
            <Timeline label=pane.label("History")>
                <TimelineItem glyph=Glyph::Edit when="2 h ago" datetime="2026-11-26T08:00:00Z">
                    <p><b>"ada"</b>" changed the owner from "<code>"team-tickets"</code>" to "<code>"team-payments"</code>"."</p>
                </TimelineItem>
                <TimelineItem glyph=Glyph::Problem tone=Tone::Warn when="yesterday" datetime="2026-11-25T08:00:00Z">
                    <p>"A problem was found: the owner does not exist."</p>
                </TimelineItem>
                <TimelineItem glyph=Glyph::Done tone=Tone::Ok when="3 d ago" datetime="2026-11-23T08:00:00Z">
                    <p dir="auto">{RTL}</p>
                </TimelineItem>
                <TimelineItem glyph=Glyph::Plus when="3 mo ago" datetime="2026-08-23T08:00:00Z"><p>{LONG_TEXT}</p></TimelineItem>
            </Timeline>
        </State>
        <State name="Empty" wide=true><p class="none">"Nothing happened yet. Changes of the file will be listed here."</p></State>
    }
    .into_any()
}
