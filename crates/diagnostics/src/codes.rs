//! The stable codes of all diagnostics; [`crate::rules`] says what each means.

/// The file is larger than is read.
pub const YML_TOO_LARGE: &str = "YML001";
/// The file is not text.
pub const YML_BINARY: &str = "YML002";
/// The text is not UTF-8.
pub const YML_NOT_UTF8: &str = "YML003";
/// The file holds no document.
pub const YML_EMPTY: &str = "YML004";
/// There are more problems than are listed.
pub const YML_MORE: &str = "YML005";
/// The text is not YAML in some other way than the codes below.
pub const YML_SYNTAX: &str = "YML010";
/// A tab stands in the indentation.
pub const YML_TAB: &str = "YML011";
/// A line is indented wrongly.
pub const YML_INDENT: &str = "YML012";
/// A value holds `: ` without quotes.
pub const YML_SECOND_COLON: &str = "YML013";
/// A key has no colon.
pub const YML_NO_COLON: &str = "YML014";
/// A quote is not closed, or text follows it.
pub const YML_QUOTE: &str = "YML015";
/// A bracket is not closed, or has no partner.
pub const YML_BRACKET: &str = "YML016";
/// A value starts with a character that YAML keeps for itself.
pub const YML_RESERVED: &str = "YML017";
/// An escape in quoted text is not known.
pub const YML_ESCAPE: &str = "YML018";
/// A `%` directive is malformed or misplaced.
pub const YML_DIRECTIVE: &str = "YML019";
/// A key stands twice in one map.
pub const YML_DUPLICATE_KEY: &str = "YML020";
/// An alias refers to nothing, or to a value that contains it.
pub const YML_ALIAS: &str = "YML021";
/// Aliases expand to too much.
pub const YML_ALIAS_LIMIT: &str = "YML022";
/// Maps and lists are nested too deep.
pub const YML_TOO_DEEP: &str = "YML023";
/// There are too many values.
pub const YML_TOO_MANY: &str = "YML024";
/// A tag is not known.
pub const YML_TAG: &str = "YML030";
/// A merge key is not applied.
pub const YML_MERGE_KEY: &str = "YML031";
/// A key is a map or list.
pub const YML_COLLECTION_KEY: &str = "YML032";
/// A number is infinite or not a number.
pub const YML_NOT_A_NUMBER: &str = "YML033";
/// A document states another version than YAML 1.2.
pub const YML_VERSION: &str = "YML034";
/// A location cannot be read.
pub const CAT_UNREADABLE: &str = "CAT001";
/// A location matches no file.
pub const CAT_NO_MATCH: &str = "CAT002";
/// A location includes itself, or is read already.
pub const CAT_ALREADY_READ: &str = "CAT003";
/// Locations are nested too deep.
pub const CAT_TOO_NESTED: &str = "CAT004";
/// The type of a location is not supported.
pub const CAT_LOCATION_TYPE: &str = "CAT005";
/// A location has no target.
pub const CAT_NO_TARGET: &str = "CAT006";
/// The rules of the catalog do not allow this kind here.
pub const CAT_KIND_NOT_ALLOWED: &str = "CAT007";
/// A document is not a map.
pub const CAT_NOT_AN_ENTITY: &str = "CAT008";
/// A field at the top of an entity is not known.
pub const CAT_UNKNOWN_ROOT_FIELD: &str = "CAT009";
/// A required field is missing.
pub const CAT_MISSING: &str = "CAT010";
/// A field has the wrong type.
pub const CAT_WRONG_TYPE: &str = "CAT011";
/// A field is empty where text is needed.
pub const CAT_EMPTY: &str = "CAT012";
/// The `apiVersion` is not supported.
pub const CAT_API_VERSION: &str = "CAT013";
/// The kind is not known.
pub const CAT_KIND: &str = "CAT014";
/// A name is not valid.
pub const CAT_NAME: &str = "CAT015";
/// A namespace is not valid.
pub const CAT_NAMESPACE: &str = "CAT016";
/// A label is not valid.
pub const CAT_LABEL: &str = "CAT017";
/// An annotation is not valid.
pub const CAT_ANNOTATION: &str = "CAT018";
/// A tag is not valid.
pub const CAT_TAG: &str = "CAT019";
/// The URL of a link is not valid.
pub const CAT_LINK_URL: &str = "CAT020";
/// An entity reference is not valid.
pub const CAT_REFERENCE: &str = "CAT021";
/// Two files claim one entity.
pub const CAT_CONFLICT: &str = "CAT022";
/// A placeholder cannot be read.
pub const CAT_PLACEHOLDER: &str = "CAT023";
/// An annotation that the catalog sets is overwritten.
pub const CAT_ANNOTATION_OVERWRITTEN: &str = "CAT024";
/// A value is not one of those allowed.
pub const CAT_VALUE: &str = "CAT025";
/// A location could not be read again; what was read before is used.
pub const CAT_STALE: &str = "CAT026";
/// The portal may not read a location.
pub const CAT_REFUSED: &str = "CAT027";
/// A kind is written in another case than Backstage's.
pub const CAT_KIND_CASE: &str = "CAT028";
/// A field stands in the wrong map.
pub const CAT_FIELD_PLACE: &str = "CAT029";
/// A reference names an entity that does not exist.
pub const CAT_DANGLING: &str = "CAT030";
/// The owner is not in the catalog.
pub const CAT_OWNER_MISSING: &str = "CAT031";
/// The owner is neither a group nor a user.
pub const CAT_OWNER_KIND: &str = "CAT032";
/// The lifecycle is not one of the usual three.
pub const CAT_LIFECYCLE: &str = "CAT033";
/// An annotation is deprecated.
pub const CAT_DEPRECATED_ANNOTATION: &str = "CAT034";
/// Two keys differ only in upper and lower case.
pub const CAT_KEY_CASE: &str = "CAT035";
/// The last good version of an entity is shown.
pub const CAT_LAST_GOOD: &str = "CAT036";
/// A field is a known one misspelled.
pub const CAT_FIELD_SPELLING: &str = "CAT037";
/// A reference names an entity of the wrong kind.
pub const CAT_REFERENCE_KIND: &str = "CAT038";
/// An entity refers to itself.
pub const CAT_SELF_REFERENCE: &str = "CAT039";
/// A list names one entity twice.
pub const CAT_REPEATED_REFERENCE: &str = "CAT040";
/// An entity is above itself.
pub const CAT_CIRCLE: &str = "CAT041";
/// A dependency is told from both sides.
pub const CAT_SAID_TWICE: &str = "CAT042";
/// Nobody owns this.
pub const CAT_NO_OWNER: &str = "CAT043";
/// Nobody is in a group.
pub const CAT_EMPTY_GROUP: &str = "CAT044";
/// A user is in no group.
pub const CAT_NO_GROUP: &str = "CAT045";
/// A title only repeats the name.
pub const CAT_TITLE_IS_NAME: &str = "CAT046";
/// A tag is given twice.
pub const CAT_REPEATED_TAG: &str = "CAT047";
/// Two links lead to one page.
pub const CAT_REPEATED_LINK: &str = "CAT048";
/// A word for a boolean is read as text.
pub const CAT_BOOLEAN_WORD: &str = "CAT049";
/// A number loses its leading zero.
pub const CAT_LEADING_ZERO: &str = "CAT050";
/// An annotation is a known one misspelled.
pub const CAT_ANNOTATION_SPELLING: &str = "CAT051";
/// A documentation reference has no type.
pub const CAT_TECHDOCS_REF: &str = "CAT052";
/// A folder of documentation does not exist.
pub const CAT_TECHDOCS_FOLDER: &str = "CAT053";
/// A project annotation is not owner/repository.
pub const CAT_PROJECT_SLUG: &str = "CAT054";
/// A source location has no type.
pub const CAT_SOURCE_LOCATION: &str = "CAT055";
/// An annotation would run a script.
pub const CAT_SCRIPT_ANNOTATION: &str = "CAT056";
/// The type of an API is a known one misspelled.
pub const CAT_API_TYPE: &str = "CAT060";
/// The definition of an API cannot be read.
pub const CAT_DEFINITION_UNREADABLE: &str = "CAT061";
/// The definition of an API is of another type.
pub const CAT_DEFINITION_TYPE: &str = "CAT062";
/// The definition of an API is blank.
pub const CAT_BLANK_DEFINITION: &str = "CAT063";
/// A Location entity leads nowhere.
pub const CAT_NO_TARGETS: &str = "CAT065";
/// A target is an absolute path.
pub const CAT_ABSOLUTE_TARGET: &str = "CAT066";
/// A target is named twice.
pub const CAT_REPEATED_TARGET: &str = "CAT067";
/// A step of a template has no action.
pub const CAT_STEP_ACTION: &str = "CAT070";
/// Two steps of a template have one id.
pub const CAT_REPEATED_STEP: &str = "CAT071";
/// An expression names a step that has not run.
pub const CAT_UNKNOWN_STEP: &str = "CAT072";
/// An expression names a parameter that does not exist.
pub const CAT_UNKNOWN_PARAMETER: &str = "CAT073";
/// An expression subtracts where a step is meant.
pub const CAT_STEP_DASH: &str = "CAT074";
/// A required parameter does not exist.
pub const CAT_REQUIRED_PARAMETER: &str = "CAT075";
/// An e-mail address is not one.
pub const CAT_EMAIL: &str = "CAT080";
/// A picture is not a URL.
pub const CAT_PICTURE: &str = "CAT081";
/// A configuration file cannot be read.
pub const CFG_UNREADABLE: &str = "CFG001";
/// The value of a known key is wrong.
pub const CFG_VALUE: &str = "CFG002";
/// A key is not known.
pub const CFG_UNKNOWN_KEY: &str = "CFG003";
/// An environment variable is not set.
pub const CFG_UNSET_VARIABLE: &str = "CFG004";
/// A file that the configuration includes cannot be read.
pub const CFG_INCLUDE: &str = "CFG005";
/// A `$` key is used wrongly.
pub const CFG_DOLLAR: &str = "CFG006";
/// An `APP_CONFIG_` variable is wrong.
pub const CFG_ENV_VALUE: &str = "CFG007";
/// A section of Backstage is not used here yet.
pub const CFG_UNUSED_SECTION: &str = "CFG008";
/// Known values contradict each other.
pub const CFG_CONTRADICTION: &str = "CFG009";
/// A key is deprecated or removed.
pub const CFG_DEPRECATED_KEY: &str = "CFG010";
/// A policy file cannot be read.
pub const POL_UNREADABLE: &str = "POL001";
/// A document is not one of ours.
pub const POL_DOCUMENT: &str = "POL002";
/// A value in a policy file has the wrong type.
pub const POL_TYPE: &str = "POL003";
/// Something that a policy needs is missing.
pub const POL_MISSING: &str = "POL004";
/// A key of a policy file is not known.
pub const POL_KEY: &str = "POL005";
/// A member or role is not a valid reference.
pub const POL_REFERENCE: &str = "POL006";
/// A role that is named does not exist.
pub const POL_ROLE: &str = "POL007";
/// A role includes itself.
pub const POL_ROLE_LOOP: &str = "POL008";
/// A role is defined twice.
pub const POL_ROLE_TWICE: &str = "POL009";
/// A permission is not known.
pub const POL_PERMISSION: &str = "POL010";
/// A rule does not say what it allows or denies.
pub const POL_EFFECT: &str = "POL011";
/// A condition stands where there is nothing to tell apart.
pub const POL_NO_CONDITIONS: &str = "POL012";
/// A condition is malformed.
pub const POL_CONDITION: &str = "POL013";
/// The rule of a condition is not known.
pub const POL_RULE: &str = "POL014";
/// A parameter of a rule is wrong.
pub const POL_PARAMETER: &str = "POL015";
/// A value is too long to be compared.
pub const POL_LONG_VALUE: &str = "POL016";
/// An expression is wrong.
pub const POL_EXPRESSION: &str = "POL017";
/// A line of the CSV file is malformed.
pub const POL_LINE: &str = "POL018";
/// A policy has no effect here.
pub const POL_NO_EFFECT: &str = "POL019";
/// There is too much in the policy files.
pub const POL_TOO_MANY: &str = "POL020";
