//! The kinds of the catalog as data: which fields each has, which are required, which relations they make.
//!
//! Source of the rules: Backstage's catalog model 1.10 (kind schemas and the built-in kinds processor). Schemas
//! never forbid extra keys, so only the fields listed here are checked.
use serde_json::{Map, Value};

/// What a field must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text that is not empty.
    Text,
    /// A text that may be empty.
    AnyText,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of texts that are not empty.
    TextList,
    /// A list of anything.
    List,
    /// A list with at least one map, each with these fields.
    MapList(&'static [Field]),
    /// A map with these fields.
    Map(&'static [Field]),
}

/// The relation that a reference in a field makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelationRule {
    /// Type of the edge from this entity, for example `ownedBy`.
    pub forward: &'static str,
    /// Type of the edge back, for example `ownerOf`.
    pub reverse: &'static str,
    /// Kind of a reference that names none; `None` means that it must name one.
    pub default_kind: Option<&'static str>,
}

/// One field of `spec`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Key in `spec`.
    pub name: &'static str,
    /// What it must hold.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// The relation its references make.
    pub relation: Option<RelationRule>,
}

/// A kind that the catalog knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Name as written, for example `Component`.
    pub name: &'static str,
    /// Name of many, for headings.
    pub plural: &'static str,
    /// Accepted `apiVersion` values.
    pub api_versions: &'static [&'static str],
    /// Fields of `spec`, apart from those of a variant.
    pub fields: &'static [Field],
    /// Further fields by `spec.type`; the first entry whose type matches counts, `""` matches every type.
    pub variants: &'static [(&'static str, &'static [Field])],
}

const V1: &[&str] = &["backstage.io/v1alpha1", "backstage.io/v1beta1"];
const PROFILE: &[Field] = &[
    optional("displayName"),
    optional("email"),
    optional("picture"),
];
const REMOTE: &[Field] = &[required("type"), required("url")];

const fn required(name: &'static str) -> Field {
    Field {
        name,
        shape: Shape::Text,
        required: true,
        relation: None,
    }
}

const fn optional(name: &'static str) -> Field {
    Field {
        name,
        shape: Shape::Text,
        required: false,
        relation: None,
    }
}

const fn shaped(name: &'static str, shape: Shape, required: bool) -> Field {
    Field {
        name,
        shape,
        required,
        relation: None,
    }
}

const fn edge(
    field: Field,
    forward: &'static str,
    reverse: &'static str,
    default_kind: Option<&'static str>,
) -> Field {
    Field {
        relation: Some(RelationRule {
            forward,
            reverse,
            default_kind,
        }),
        ..field
    }
}

const fn list(name: &'static str) -> Field {
    shaped(name, Shape::TextList, false)
}

const OWNER: Field = edge(required("owner"), "ownedBy", "ownerOf", Some("Group"));
const OPTIONAL_OWNER: Field = edge(optional("owner"), "ownedBy", "ownerOf", Some("Group"));
const SYSTEM: Field = edge(optional("system"), "partOf", "hasPart", Some("System"));
const DEPENDS_ON: Field = edge(list("dependsOn"), "dependsOn", "dependencyOf", None);
const DEPENDENCY_OF: Field = edge(list("dependencyOf"), "dependencyOf", "dependsOn", None);

/// All kinds the catalog knows, in the order people look for them.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "Component",
        plural: "Components",
        api_versions: V1,
        fields: &[
            required("type"),
            required("lifecycle"),
            OWNER,
            SYSTEM,
            edge(
                optional("subcomponentOf"),
                "partOf",
                "hasPart",
                Some("Component"),
            ),
            edge(
                list("providesApis"),
                "providesApi",
                "apiProvidedBy",
                Some("API"),
            ),
            edge(
                list("consumesApis"),
                "consumesApi",
                "apiConsumedBy",
                Some("API"),
            ),
            DEPENDS_ON,
            DEPENDENCY_OF,
        ],
        variants: &[],
    },
    Kind {
        name: "API",
        plural: "APIs",
        api_versions: V1,
        fields: &[required("type"), required("lifecycle"), OWNER, SYSTEM],
        variants: &[
            (
                "mcp-server",
                &[shaped("remotes", Shape::MapList(REMOTE), true)],
            ),
            ("", &[required("definition")]),
        ],
    },
    Kind {
        name: "Resource",
        plural: "Resources",
        api_versions: V1,
        fields: &[required("type"), OWNER, SYSTEM, DEPENDS_ON, DEPENDENCY_OF],
        variants: &[],
    },
    Kind {
        name: "System",
        plural: "Systems",
        api_versions: V1,
        fields: &[
            OWNER,
            edge(optional("domain"), "partOf", "hasPart", Some("Domain")),
            optional("type"),
        ],
        variants: &[],
    },
    Kind {
        name: "Domain",
        plural: "Domains",
        api_versions: V1,
        fields: &[
            OWNER,
            edge(optional("subdomainOf"), "partOf", "hasPart", Some("Domain")),
            optional("type"),
        ],
        variants: &[],
    },
    Kind {
        name: "Group",
        plural: "Groups",
        api_versions: V1,
        fields: &[
            required("type"),
            edge(optional("parent"), "childOf", "parentOf", Some("Group")),
            edge(
                shaped("children", Shape::TextList, true),
                "parentOf",
                "childOf",
                Some("Group"),
            ),
            edge(list("members"), "hasMember", "memberOf", Some("User")),
            shaped("profile", Shape::Map(PROFILE), false),
        ],
        variants: &[],
    },
    Kind {
        name: "User",
        plural: "Users",
        api_versions: V1,
        fields: &[
            edge(
                shaped("memberOf", Shape::TextList, true),
                "memberOf",
                "hasMember",
                Some("Group"),
            ),
            shaped("profile", Shape::Map(PROFILE), false),
        ],
        variants: &[],
    },
    Kind {
        name: "Template",
        plural: "Templates",
        api_versions: &["scaffolder.backstage.io/v1beta3"],
        fields: &[
            required("type"),
            shaped("steps", Shape::List, true),
            OPTIONAL_OWNER,
            optional("lifecycle"),
        ],
        variants: &[],
    },
    Kind {
        name: "AiResource",
        plural: "AI resources",
        api_versions: &["backstage.io/v1alpha1"],
        fields: &[required("type"), required("lifecycle"), OWNER, SYSTEM],
        variants: &[
            (
                "skill",
                &[
                    edge(
                        list("dependsOn"),
                        "dependsOn",
                        "dependencyOf",
                        Some("AiResource"),
                    ),
                    list("disciplines"),
                    list("categories"),
                    list("agents"),
                    optional("allowedTools"),
                    optional("license"),
                    optional("compatibility"),
                ],
            ),
            (
                "rule",
                &[
                    required("category"),
                    required("rationale"),
                    list("disciplines"),
                ],
            ),
            (
                "plugin",
                &[
                    edge(
                        shaped("skills", Shape::TextList, true),
                        "hasPart",
                        "partOf",
                        Some("AiResource"),
                    ),
                    optional("version"),
                ],
            ),
            (
                "marketplace",
                &[
                    edge(
                        shaped("plugins", Shape::TextList, true),
                        "hasPart",
                        "partOf",
                        Some("AiResource"),
                    ),
                    optional("version"),
                ],
            ),
        ],
    },
    Kind {
        name: "Location",
        plural: "Locations",
        api_versions: V1,
        fields: &[
            optional("type"),
            optional("target"),
            list("targets"),
            shaped("presence", Shape::OneOf(&["required", "optional"]), false),
        ],
        variants: &[],
    },
];

/// Returns the kind of that name, without regard to case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS
        .iter()
        .find(|kind| kind.name.eq_ignore_ascii_case(name))
}

impl Kind {
    /// Returns the fields that count for a given `spec`, those of its variant included.
    pub fn fields_for(&self, spec: &Map<String, Value>) -> impl Iterator<Item = &'static Field> {
        let entity_type = spec.get("type").and_then(Value::as_str).unwrap_or_default();
        let variant = self
            .variants
            .iter()
            .find(|(name, _)| name.is_empty() || name.eq_ignore_ascii_case(entity_type));
        self.fields
            .iter()
            .chain(variant.map_or(&[][..], |(_, fields)| fields))
    }
}
