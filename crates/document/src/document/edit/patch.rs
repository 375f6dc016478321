//! Works out which bytes an edit changes.

use std::ops::Range;

use super::slot::{Slot, Style};
use super::words::{self, Around};
use super::{Edit, EditFault, FieldPath, Front, Step, Value, declared};
use crate::document::locate::{Entry, Node};
use crate::document::schema::{FRONT_MATTER, Shape};

/// A range and its replacement.
pub(super) type Patch = (Range<usize>, String);

/// The bytes that an edit changes, and what replaces them.
pub(super) fn patches(front: &Front<'_>, edit: &Edit) -> Result<Vec<Patch>, EditFault> {
    match edit {
        Edit::Set { at, value } => set(front, at, value),
        Edit::Remove { at } => remove(front, at),
        Edit::Insert { list, index, value } => insert(front, list, *index, value),
        Edit::Move { list, from, to } => shift(front, list, *from, *to),
        Edit::Duplicate { list, index } => duplicate(front, list, *index),
        Edit::Prose { .. } => Ok(Vec::new()),
    }
}

fn set(front: &Front<'_>, at: &FieldPath, value: &Value) -> Result<Vec<Patch>, EditFault> {
    let way = front.way(at)?;
    let Some(slot) = way.slot else {
        let Some(Step::Key(name)) = at.0.last() else {
            return Err(EditFault::NotThere);
        };
        return add_key(front, at, &way.holder, name, value);
    };
    let extent = front.extent(&slot)?;
    let is_whole = !matches!(slot.tree.node, Node::Scalar(_) | Node::Null);
    if is_whole && front.has_comment(extent.clone()) {
        return Err(EditFault::NotPlain);
    }
    let around = Around {
        column: slot.column,
        in_flow: slot.in_flow,
        line_break: front.line_break(),
    };
    if let (Value::List(items), false) = (value, slot.in_flow)
        && declared(at).is_some_and(|field| matches!(field.shape, Shape::Records(_)))
        && !items.is_empty()
    {
        // The list starts below its key, and what follows the key on its line stays there.
        let line_end = front.line_end(slot.from.max(extent.end));
        let rows = words::rows(at, items, &around);
        return Ok(
            vec![(extent.clone(), String::new()), (line_end..line_end, rows)]
                .into_iter()
                .filter(|(range, new)| !range.is_empty() || !new.is_empty())
                .collect(),
        );
    }
    let style = front.style(&slot);
    let new = match (value, &style) {
        (Value::Text(text), Style::Block { header, lines }) => {
            let written = &front.text[header.start..extent.end];
            let comment = front.text[header.end..*lines].trim_end_matches(['\n', '\r']);
            match words::block(text, written, &around) {
                Some((header, lines)) => format!("{header}{comment}{lines}"),
                None => format!("{}{comment}", words::double(text)),
            }
        }
        (Value::Text(text), style) => words::scalar(text, declared(at), Some(style), &around),
        (value, _) => words::in_line(at, value, &around),
    };
    let new = if front.text[..extent.start].ends_with([' ', '\t', '\n', '\r', '[', '{']) {
        new
    } else {
        format!(" {new}")
    };
    Ok(vec![(extent, new)])
}

/// The index of a new field among those of a mapping: after those that the manual lists before it.
fn index_for(entries: &[Entry], at: &FieldPath, name: &str) -> usize {
    let above = FieldPath(at.0[..at.0.len() - 1].to_vec());
    let group = if above.0.is_empty() {
        Some(FRONT_MATTER)
    } else {
        declared(&above).and_then(|field| field.shape.group())
    };
    let rank = |name: &str| {
        let fields = group.map(|group| group.fields)?;
        fields.iter().position(|field| field.name == name)
    };
    let Some(own) = rank(name) else {
        return entries.len();
    };
    let before = entries
        .iter()
        .rposition(|entry| rank(&entry.key).is_some_and(|rank| rank < own));
    before.map_or(entries.len(), |index| index + 1)
}

fn add_key(
    front: &Front<'_>,
    at: &FieldPath,
    holder: &Slot<'_>,
    name: &str,
    value: &Value,
) -> Result<Vec<Patch>, EditFault> {
    let line_break = front.line_break();
    let entries: &[Entry] = match &holder.tree.node {
        Node::Map(entries) => entries,
        Node::Null if holder.tree.span == front.tree.span => &[],
        _ => return Err(EditFault::NotThere),
    };
    if holder.in_flow || front.is_flow(holder.tree) {
        let around = Around {
            column: 0,
            in_flow: true,
            line_break,
        };
        let new = format!("{name}: {}", words::in_line(at, value, &around));
        return Ok(vec![match entries.last() {
            Some(last) => {
                let end = last.value.span.end.max(last.key_span.end);
                (end..end, format!(", {new}"))
            }
            None => (holder.tree.span.start + 1..holder.tree.span.start + 1, new),
        }]);
    }
    let column = entries
        .first()
        .map_or(0, |first| front.column(first.key_span.start));
    let index = index_for(entries, at, name);
    let place = match index.checked_sub(1).and_then(|before| entries.get(before)) {
        Some(before) => {
            let slot = Slot {
                tree: &before.value,
                from: front.behind_colon(before)?,
                column,
                in_flow: false,
            };
            front.line_end(front.value_end(&slot)?)
        }
        None => front.yaml.end,
    };
    let around = Around {
        column,
        in_flow: false,
        line_break,
    };
    Ok(vec![(place..place, words::field(at, name, value, &around))])
}

fn remove(front: &Front<'_>, at: &FieldPath) -> Result<Vec<Patch>, EditFault> {
    let way = front.way(at)?;
    let slot = way.slot.ok_or(EditFault::NotThere)?;
    let holder = &way.holder;
    let in_flow = slot.in_flow;
    match (at.0.last(), &holder.tree.node) {
        (Some(Step::Item(index)), Node::List(items)) if in_flow => {
            let spans: Vec<Range<usize>> = items.iter().map(|item| item.span.clone()).collect();
            without(front, &spans, *index)
        }
        (Some(Step::Item(_)), Node::List(items)) if items.len() == 1 => {
            emptied(front, holder, &slot)
        }
        (Some(Step::Item(_)), Node::List(_)) => Ok(vec![(front.item_lines(&slot)?, String::new())]),
        (Some(Step::Key(name)), Node::Map(entries)) => {
            let index = entries
                .iter()
                .position(|entry| entry.key == *name)
                .ok_or(EditFault::NotThere)?;
            if in_flow {
                let spans = entries.iter().map(|entry| {
                    entry.key_span.start..entry.value.span.end.max(entry.key_span.end)
                });
                return without(front, &spans.collect::<Vec<_>>(), index);
            }
            let key = entries[index].key_span.start;
            let start = front.line_start(key);
            let end = front.line_end(front.value_end(&slot)?);
            if front.text[start..key].bytes().all(|byte| byte == b' ') {
                return Ok(vec![(start..end, String::new())]);
            }
            // The first field of an item follows its hyphen, where the next one goes.
            let lead = front.text[end..].len() - front.text[end..].trim_start_matches(' ').len();
            match entries.len() {
                1 => Ok(vec![(key..front.value_end(&slot)?, String::new())]),
                _ => Ok(vec![(key..end + lead, String::new())]),
            }
        }
        _ => Err(EditFault::NotThere),
    }
}

/// The patch that removes one of several values inside brackets or braces.
fn without(
    front: &Front<'_>,
    spans: &[Range<usize>],
    index: usize,
) -> Result<Vec<Patch>, EditFault> {
    let range = match (index, spans.len()) {
        (0, 1) => spans[0].clone(),
        (0, _) => spans[0].start..spans[1].start,
        (index, _) => spans[index - 1].end..spans[index].end,
    };
    if front.has_comment(range.clone()) {
        Err(EditFault::NotPlain)
    } else {
        Ok(vec![(range, String::new())])
    }
}

/// A list whose only item is removed: `events: []`.
fn emptied(front: &Front<'_>, holder: &Slot<'_>, item: &Slot<'_>) -> Result<Vec<Patch>, EditFault> {
    let lines = front.item_lines(item)?;
    Ok(vec![
        (holder.from..holder.from, " []".to_owned()),
        (lines, String::new()),
    ])
}

fn insert(
    front: &Front<'_>,
    list: &FieldPath,
    index: usize,
    value: &Value,
) -> Result<Vec<Patch>, EditFault> {
    let whole = || set(front, list, &Value::List(vec![value.clone()]));
    let Some(holder) = front.way(list)?.slot else {
        return whole();
    };
    let items = match &holder.tree.node {
        Node::List(items) if !items.is_empty() => items,
        Node::List(_) | Node::Null => return whole(),
        _ => return Err(EditFault::NotThere),
    };
    let line_break = front.line_break();
    if holder.in_flow || front.is_flow(holder.tree) {
        let around = Around {
            column: 0,
            in_flow: true,
            line_break,
        };
        let new = words::in_line(&list.index(index), value, &around);
        return Ok(vec![
            match index.checked_sub(1).and_then(|before| items.get(before)) {
                Some(before) => (before.span.end..before.span.end, format!(", {new}")),
                None => (items[0].span.start..items[0].span.start, format!("{new}, ")),
            },
        ]);
    }
    let beside = front.slot(&list.index(index.saturating_sub(1).min(items.len() - 1)))?;
    let lines = front.item_lines(&beside)?;
    let place = if index == 0 { lines.start } else { lines.end };
    let around = Around {
        column: beside.column,
        in_flow: false,
        line_break,
    };
    let is_row = front.is_flow(beside.tree);
    Ok(vec![(
        place..place,
        words::item(list, value, is_row, &around),
    )])
}

fn shift(
    front: &Front<'_>,
    list: &FieldPath,
    from: usize,
    to: usize,
) -> Result<Vec<Patch>, EditFault> {
    let holder = front.slot(list)?;
    let Node::List(items) = &holder.tree.node else {
        return Err(EditFault::NotThere);
    };
    if from >= items.len() || to >= items.len() {
        return Err(EditFault::NotThere);
    }
    if holder.in_flow || front.is_flow(holder.tree) {
        let mut order: Vec<usize> = (0..items.len()).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        let places = items.iter().zip(order);
        return Ok(places
            .map(|(place, index)| {
                (
                    place.span.clone(),
                    front.text[items[index].span.clone()].to_owned(),
                )
            })
            .collect());
    }
    let lines = |index: usize| -> Result<Range<usize>, EditFault> {
        let slot = front.slot(&list.index(index))?;
        let lines = front.item_lines(&slot)?;
        // A comment above the first item may be about the whole list.
        let start = match index {
            0 => lines.start,
            _ => front.comment_above(lines.start, slot.column),
        };
        Ok(start..lines.end)
    };
    let moved = lines(from)?;
    let place = if to > from {
        lines(to)?.end
    } else {
        lines(to)?.start
    };
    Ok(vec![
        (place..place, front.text[moved.clone()].to_owned()),
        (moved, String::new()),
    ])
}

fn duplicate(front: &Front<'_>, list: &FieldPath, index: usize) -> Result<Vec<Patch>, EditFault> {
    let slot = front.slot(&list.index(index))?;
    if slot.in_flow {
        let copy = &front.text[slot.tree.span.clone()];
        let end = slot.tree.span.end;
        return Ok(vec![(end..end, format!(", {copy}"))]);
    }
    let lines = front.item_lines(&slot)?;
    Ok(vec![(lines.end..lines.end, front.text[lines].to_owned())])
}
