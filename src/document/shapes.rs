//! How YAML values become fields, where serde's own way would lose what was typed.
//!
//! A value that may be one word or a list can only be read after a look at it, and that look turns
//! `1.10` into the number 1.1. Whole numbers keep their text; for other numbers and for `true` and
//! `false` a fault asks for quotation marks, so that no text is ever changed.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// One item of a value that may be one item or a list.
pub(crate) trait Item: Sized {
    /// What is expected, for messages.
    const EXPECTED: &'static str;

    /// The item that is one text.
    fn from_text(text: String) -> Self;

    /// The item that is a mapping.
    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;

    /// One item of a list.
    fn from_list<'de, A: SeqAccess<'de>>(list: &mut A) -> Result<Option<Self>, A::Error>;
}

impl Item for String {
    const EXPECTED: &'static str = "text or a list of texts";

    fn from_text(text: String) -> Self {
        text
    }

    fn from_map<'de, A: MapAccess<'de>>(_: A) -> Result<Self, A::Error> {
        Err(de::Error::invalid_type(
            de::Unexpected::Map,
            &Self::EXPECTED,
        ))
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: &mut A) -> Result<Option<Self>, A::Error> {
        match list.next_element::<Option<String>>()? {
            Some(None) => Err(de::Error::custom("an empty item in a list")),
            Some(item) => Ok(item),
            None => Ok(None),
        }
    }
}

/// Reads nothing, one item, or a list of items.
pub(crate) fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Item,
{
    deserializer.deserialize_any(ItemsVisitor(PhantomData))
}

/// One item of a list, read the way an item alone is.
pub(crate) struct OneItem<T>(pub(crate) T);

impl<'de, T: Item> Deserialize<'de> for OneItem<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut items = items(deserializer)?.into_iter();
        match (items.next(), items.next()) {
            (Some(item), None) => Ok(Self(item)),
            _ => Err(de::Error::custom("expected one item")),
        }
    }
}

struct ItemsVisitor<T>(PhantomData<T>);

impl<'de, T: Item> Visitor<'de> for ItemsVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(vec![T::from_text(text.to_owned())])
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(vec![T::from_text(number.to_string())])
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(vec![T::from_text(number.to_string())])
    }

    fn visit_u128<E>(self, number: u128) -> Result<Self::Value, E> {
        Ok(vec![T::from_text(number.to_string())])
    }

    fn visit_i128<E>(self, number: i128) -> Result<Self::Value, E> {
        Ok(vec![T::from_text(number.to_string())])
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(E::custom(
            "this number needs quotation marks, so that it stays as typed",
        ))
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Self::Value, E> {
        Err(E::custom(format!(
            "`{flag}` needs quotation marks here, so that it stays text"
        )))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = T::from_list(&mut list)? {
            items.push(item);
        }
        Ok(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(vec![T::from_map(map)?])
    }
}

/// Reads `true` or `false`; nothing is `false`.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a value; nothing is the default.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads any YAML as JSON. Keys are text; a key that is there twice is a fault, as it is everywhere else.
pub(crate) fn free<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Ok(Free::deserialize(deserializer)?.0)
}

struct Free(Value);

impl<'de> Deserialize<'de> for Free {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FreeVisitor).map(Self)
    }
}

struct FreeVisitor;

impl<'de> Visitor<'de> for FreeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, a list or a mapping")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Value, E> {
        Err(E::custom("a number of this size needs quotation marks"))
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Value, E> {
        Err(E::custom("a number of this size needs quotation marks"))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        serde_json::Number::from_f64(number)
            .map(Value::Number)
            .ok_or_else(|| E::custom("expected a finite number, or text in quotation marks"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Free(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let Free(value) = map.next_value()?;
            if fields.contains_key(&key) {
                return Err(de::Error::custom(format!("`{key}` is there twice")));
            }
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
}
