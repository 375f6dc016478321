//! What a file says, and what it should say after an edit.

use super::{Edit, EditFault, FieldPath, Step, Tree};
use crate::document::locate::Node;

/// The content of a value, however it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Words, a number, a date: scalars are kept as written.
    Text(String),
    /// Items.
    List(Vec<Self>),
    /// Keys and values, in the order of the file.
    Map(Vec<(String, Self)>),
    /// Something that YAML allows and the format doesn't.
    Refused,
}

impl Value {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// The content of a tree.
    pub fn of(tree: &Tree) -> Self {
        match &tree.node {
            Node::Null => Self::Null,
            Node::Scalar(text) => Self::Text(text.clone()),
            Node::Refused => Self::Refused,
            Node::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Node::Map(entries) => {
                let entries = entries.iter();
                Self::Map(
                    entries
                        .map(|entry| (entry.key.clone(), Self::of(&entry.value)))
                        .collect(),
                )
            }
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else {
            return None;
        };
        let mut entries = entries.iter();
        entries
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The text, if it is a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map(_) | Self::Refused => None,
        }
    }

    /// The value at a path.
    pub fn at(&self, path: &FieldPath) -> Option<&Self> {
        let mut value = self;
        for step in &path.0 {
            value = match (step, value) {
                (Step::Key(name), value) => value.get(name)?,
                (Step::Item(index), Self::List(items)) => items.get(*index)?,
                (Step::Item(_), _) => return None,
            };
        }
        Some(value)
    }

    /// The same value with the keys of mappings sorted, for comparing contents.
    pub(super) fn sorted(&self) -> Self {
        match self {
            Self::Map(entries) => {
                let mut entries: Vec<_> = entries
                    .iter()
                    .map(|(key, value)| (key.clone(), value.sorted()))
                    .collect();
                entries.sort_by(|(a, _), (b, _)| a.cmp(b));
                Self::Map(entries)
            }
            Self::List(items) => Self::List(items.iter().map(Self::sorted).collect()),
            Self::Null | Self::Text(_) | Self::Refused => self.clone(),
        }
    }

    fn at_mut(&mut self, path: &[Step]) -> Option<&mut Self> {
        let Some((step, rest)) = path.split_first() else {
            return Some(self);
        };
        match (step, self) {
            (Step::Key(name), Self::Map(entries)) => {
                let entry = entries.iter_mut().find(|(key, _)| key == name)?;
                entry.1.at_mut(rest)
            }
            (Step::Item(index), Self::List(items)) => items.get_mut(*index)?.at_mut(rest),
            (Step::Key(_) | Step::Item(_), _) => None,
        }
    }
}

/// What a file should say after an edit of its front matter.
pub(super) fn after(before: &Value, edit: &Edit) -> Result<Value, EditFault> {
    let mut after = before.clone();
    if after == Value::Null {
        after = Value::Map(Vec::new());
    }
    match edit {
        Edit::Set { at, value } => {
            let (step, above) = at.0.split_last().ok_or(EditFault::NotThere)?;
            let holder = opened(&mut after, above)?;
            match (step, holder) {
                (Step::Key(name), Value::Map(entries)) => {
                    match entries.iter_mut().find(|(key, _)| key == name) {
                        Some((_, old)) => *old = value.clone(),
                        None => entries.push((name.clone(), value.clone())),
                    }
                }
                (Step::Item(index), Value::List(items)) => {
                    let old = items.get_mut(*index).ok_or(EditFault::NotThere)?;
                    *old = value.clone();
                }
                (Step::Key(_) | Step::Item(_), _) => return Err(EditFault::NotThere),
            }
        }
        Edit::Remove { at } => remove(&mut after, &at.0)?,
        Edit::Insert { list, index, value } => {
            let holder = list_at(&mut after, list)?;
            if *index > holder.len() {
                return Err(EditFault::NotThere);
            }
            holder.insert(*index, value.clone());
        }
        Edit::Move { list, from, to } => {
            let items = list_at(&mut after, list)?;
            if *from >= items.len() || *to >= items.len() {
                return Err(EditFault::NotThere);
            }
            let item = items.remove(*from);
            items.insert(*to, item);
        }
        Edit::Duplicate { list, index } => {
            let items = list_at(&mut after, list)?;
            let item = items.get(*index).ok_or(EditFault::NotThere)?.clone();
            items.insert(index + 1, item);
        }
        Edit::Prose { .. } => {}
    }
    Ok(tidy(after))
}

/// A file without fields is empty.
fn tidy(value: Value) -> Value {
    match value {
        Value::Map(entries) if entries.is_empty() => Value::Null,
        value => value,
    }
}

/// The value that contains a field; an empty one becomes a mapping.
fn opened<'v>(value: &'v mut Value, path: &[Step]) -> Result<&'v mut Value, EditFault> {
    let holder = value.at_mut(path).ok_or(EditFault::NotThere)?;
    if *holder == Value::Null {
        *holder = Value::Map(Vec::new());
    }
    Ok(holder)
}

fn list_at<'v>(value: &'v mut Value, list: &FieldPath) -> Result<&'v mut Vec<Value>, EditFault> {
    let (step, above) = list.0.split_last().ok_or(EditFault::NotThere)?;
    let Step::Key(name) = step else {
        return Err(EditFault::NotThere);
    };
    let Value::Map(entries) = opened(value, above)? else {
        return Err(EditFault::NotThere);
    };
    let index = match entries.iter().position(|(key, _)| key == name) {
        Some(index) => index,
        None => {
            entries.push((name.clone(), Value::Null));
            entries.len() - 1
        }
    };
    let holder = &mut entries[index].1;
    if *holder == Value::Null {
        *holder = Value::List(Vec::new());
    }
    match holder {
        Value::List(items) => Ok(items),
        _ => Err(EditFault::NotThere),
    }
}

fn remove(value: &mut Value, path: &[Step]) -> Result<(), EditFault> {
    let (step, above) = path.split_last().ok_or(EditFault::NotThere)?;
    let holder = value.at_mut(above).ok_or(EditFault::NotThere)?;
    match (step, &mut *holder) {
        (Step::Key(name), Value::Map(entries)) => {
            let index = entries.iter().position(|(key, _)| key == name);
            entries.remove(index.ok_or(EditFault::NotThere)?);
            if entries.is_empty() {
                *holder = Value::Null;
            }
        }
        (Step::Item(index), Value::List(items)) if *index < items.len() => {
            items.remove(*index);
        }
        (Step::Key(_) | Step::Item(_), _) => return Err(EditFault::NotThere),
    }
    Ok(())
}

/// An edit as steps that each touch one place: values that stay the same inside a changed one are left alone.
pub(super) fn steps(before: &Value, edit: &Edit) -> Result<Vec<Edit>, EditFault> {
    let mut steps = Vec::new();
    match edit {
        Edit::Set { at, value } => match before.at(at) {
            Some(old) => differences(at, old, value, &mut steps),
            None => steps.push(at_first_nothing(before, at, value)?),
        },
        edit => steps.push(edit.clone()),
    }
    Ok(steps)
}

/// A field below an empty one is added together with the mapping around it.
fn at_first_nothing(before: &Value, at: &FieldPath, value: &Value) -> Result<Edit, EditFault> {
    let (step, above) = at.0.split_last().ok_or(EditFault::NotThere)?;
    let above = FieldPath(above.to_vec());
    Ok(match (before.at(&above), step) {
        (Some(Value::Null), Step::Key(name)) if !above.0.is_empty() => Edit::Set {
            at: above,
            value: Value::Map(vec![(name.clone(), value.clone())]),
        },
        _ => Edit::Set {
            at: at.clone(),
            value: value.clone(),
        },
    })
}

fn differences(at: &FieldPath, old: &Value, new: &Value, steps: &mut Vec<Edit>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Map(old), Value::Map(new)) if is_order_kept(old, new) && !new.is_empty() => {
            for (key, value) in new {
                match old.iter().find(|(name, _)| name == key) {
                    Some((_, old)) => differences(&at.key(key), old, value, steps),
                    None => steps.push(Edit::Set {
                        at: at.key(key),
                        value: value.clone(),
                    }),
                }
            }
            let gone = old
                .iter()
                .filter(|(key, _)| !new.iter().any(|(name, _)| name == key));
            steps.extend(gone.map(|(key, _)| Edit::Remove { at: at.key(key) }));
        }
        (Value::List(old), Value::List(new)) if !old.is_empty() => {
            let n_first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
            let last = old[n_first..].iter().rev().zip(new[n_first..].iter().rev());
            let n_last = last.take_while(|(a, b)| a == b).count();
            let middle = n_first..new.len() - n_last;
            let n_old = old.len() - n_last - n_first;
            let n_both = n_old.min(middle.len());
            for index in n_first..n_first + n_both {
                differences(&at.index(index), &old[index], &new[index], steps);
            }
            let added = new.iter().enumerate().take(middle.end);
            for (index, value) in added.skip(n_first + n_both) {
                steps.push(Edit::Insert {
                    list: at.clone(),
                    index,
                    value: value.clone(),
                });
            }
            let gone = n_first + n_both..n_first + n_old;
            steps.extend(gone.rev().map(|index| Edit::Remove {
                at: at.index(index),
            }));
        }
        _ => steps.push(Edit::Set {
            at: at.clone(),
            value: new.clone(),
        }),
    }
}

/// Whether the remaining keys are in the same order in both, each only once.
fn is_order_kept(old: &[(String, Value)], new: &[(String, Value)]) -> bool {
    let shared = |entries: &[(String, Value)], others: &[(String, Value)]| -> Vec<String> {
        let keys = entries
            .iter()
            .map(|(key, _)| key)
            .filter(|key| others.iter().any(|(name, _)| name == *key));
        keys.cloned().collect()
    };
    shared(old, new) == shared(new, old)
}
