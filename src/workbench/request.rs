//! Reads what a browser asks for, as edits.

use serde_json::Value as Json;

use crate::document::{Edit, FieldPath, Step, Value};

/// The edits in a request; `None` if it asks for something else.
///
/// # Examples
///
/// ```
/// use serde_json::json;
///
/// let asked = json!([{ "set": { "at": ["events", 0, "title"], "value": "The vote" } }]);
/// assert_eq!(nutgraf::workbench::edits(&asked).unwrap().len(), 1);
/// assert!(nutgraf::workbench::edits(&json!([{ "run": "rm" }])).is_none());
/// ```
pub fn edits(asked: &Json) -> Option<Vec<Edit>> {
    asked.as_array()?.iter().map(edit).collect()
}

fn edit(asked: &Json) -> Option<Edit> {
    let (what, asked) = match asked.as_object()?.iter().collect::<Vec<_>>().as_slice() {
        [(what, asked)] => (what.as_str(), *asked),
        _ => return None,
    };
    let number = |name: &str| usize::try_from(asked[name].as_u64()?).ok();
    Some(match what {
        "set" => Edit::Set {
            at: path(&asked["at"])?,
            value: value(&asked["value"])?,
        },
        "remove" => Edit::Remove {
            at: path(&asked["at"])?,
        },
        "insert" => Edit::Insert {
            list: path(&asked["list"])?,
            index: number("index")?,
            value: value(&asked["value"])?,
        },
        "move" => Edit::Move {
            list: path(&asked["list"])?,
            from: number("from")?,
            to: number("to")?,
        },
        "duplicate" => Edit::Duplicate {
            list: path(&asked["list"])?,
            index: number("index")?,
        },
        "prose" => Edit::Prose {
            span: number("start")?..number("end")?,
            words: asked["words"].as_str()?.to_owned(),
        },
        _ => return None,
    })
}

/// The path to a value: `["events", 0, "title"]`.
fn path(asked: &Json) -> Option<FieldPath> {
    let steps: Option<Vec<Step>> = asked
        .as_array()?
        .iter()
        .map(|step| match step {
            Json::String(name) => Some(Step::Key(name.clone())),
            Json::Number(index) => Some(Step::Item(usize::try_from(index.as_u64()?).ok()?)),
            _ => None,
        })
        .collect();
    steps.filter(|steps| !steps.is_empty()).map(FieldPath)
}

fn value(asked: &Json) -> Option<Value> {
    Some(match asked {
        Json::Null => Value::Null,
        Json::String(text) => Value::Text(text.clone()),
        Json::Bool(flag) => Value::Text(flag.to_string()),
        Json::Number(number) => Value::Text(number.to_string()),
        Json::Array(items) => Value::List(items.iter().map(value).collect::<Option<_>>()?),
        Json::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, asked)| Some((key.clone(), value(asked)?)));
            Value::Map(entries.collect::<Option<_>>()?)
        }
    })
}
