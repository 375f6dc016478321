//! Resolves references in prose to the places they lead to.

use std::sync::Arc;

use crate::check::outline::CONTENT;
use crate::check::scope::{Lookup, Scope};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::document::{Body, RawCitation, RawSegment, Target};
use crate::model::{
    Anchors, Asset, Citation, Href, Markup, Outline, PageHead, Picture, RecordKind, Segment, Words,
};
use crate::project::{SourcePath, is_index, is_private};

/// The file below `content/` that a path on a page means; `None` if it leads out of the project.
fn path_of(page: &SourcePath, path: &str) -> Option<SourcePath> {
    match path.strip_prefix('/') {
        Some(path) => SourcePath::new(format!("{CONTENT}/index.md")).join(path),
        None => page.join(path),
    }
}

/// A file that is published as it is, in `content/` or at the same place in `static/`, and where it is.
fn asset_at(outline: &dyn Outline, found: &SourcePath) -> Option<(SourcePath, Asset)> {
    let in_static = SourcePath::new(found.as_str().replacen(CONTENT, "static", 1));
    [found.clone(), in_static].into_iter().find_map(|path| {
        let asset = outline.asset(&path)?;
        Some((path, asset))
    })
}

/// The file that a path on a page means, if it is one that is published as it is.
pub(crate) fn named_asset(
    outline: &dyn Outline,
    page: &SourcePath,
    path: &str,
) -> Option<(SourcePath, Asset)> {
    asset_at(outline, &path_of(page, path)?)
}

/// Resolves the references of one text.
pub(super) struct Resolver<'a> {
    /// The records within reach.
    pub(super) scope: &'a Scope,
    /// The page that contains the text.
    pub(super) page: &'a PageHead,
    /// The names of everything.
    pub(super) outline: &'a dyn Outline,
}

/// Finds the place in its file of a range in the text.
pub(super) type Locate<'a> = dyn Fn(Span) -> Place + 'a;

impl Resolver<'_> {
    /// Resolves every reference. One that leads nowhere is reported, and its words remain as plain text.
    pub(super) fn resolve(
        &self,
        body: &Body,
        locate: &Locate<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Markup {
        let segments = body
            .segments
            .iter()
            .filter_map(|segment| match self.segment(segment) {
                Ok(segment) => Some(segment),
                Err(Some((span, fault))) => {
                    let mut fault = fault;
                    fault.place = locate(span);
                    faults.push(fault);
                    None
                }
                Err(None) => None,
            })
            .collect();
        Markup { segments }
    }

    /// One resolved piece; or the fault with its range, whose place isn't set yet; or `Err(None)` if the fault is
    /// reported elsewhere.
    fn segment(&self, segment: &RawSegment) -> Result<Segment, Option<(Span, Diagnostic)>> {
        match segment {
            RawSegment::Html(html) => Ok(Segment::Html(Arc::from(html.as_str()))),
            RawSegment::LinkStart(target, span) => self.href(target, *span).map(Segment::LinkStart),
            RawSegment::Address(target, span) => self.picture(target, *span),
            RawSegment::Words(kind, id, _) => match self.scope.name(*kind, id) {
                Lookup::Found(name) => Ok(Segment::Words(match &name.quantity {
                    Some(quantity) => Words::Quantity(quantity.clone()),
                    None => Words::Text(name.title.clone()),
                })),
                // The start of the link, which comes before, has reported it.
                Lookup::Faulty | Lookup::Unknown => Err(None),
            },
            RawSegment::Cite(citations) => self.cite(citations),
            RawSegment::Embed(kind, id, span) => match self.scope.record(*kind, id) {
                Lookup::Found(record) => Ok(Segment::Embed(record.clone())),
                Lookup::Faulty => Err(None),
                Lookup::Unknown => Err(Some((*span, self.unknown(*kind, id)))),
            },
        }
    }

    fn cite(&self, citations: &[RawCitation]) -> Result<Segment, Option<(Span, Diagnostic)>> {
        let mut resolved = Vec::new();
        for citation in citations {
            match self.scope.source(&citation.id) {
                Lookup::Found(source) => resolved.push(Citation {
                    source,
                    locator: citation.locator.clone(),
                }),
                Lookup::Faulty => {}
                Lookup::Unknown => {
                    let fault = self.unknown(RecordKind::Source, &citation.id);
                    return Err(Some((citation.span, fault)));
                }
            }
        }
        Ok(Segment::Cite(resolved))
    }

    fn href(&self, target: &Target, span: Span) -> Result<Href, Option<(Span, Diagnostic)>> {
        match target {
            Target::Record(kind, id) => match self.scope.name(*kind, id) {
                Lookup::Found(name) => Ok(Href {
                    permalink: Some(name.anchor.page.clone()),
                    fragment: Some(name.anchor.id.as_str().to_owned()),
                    record: Some(*kind),
                }),
                Lookup::Faulty => Err(None),
                Lookup::Unknown => Err(Some((span, self.unknown(*kind, id)))),
            },
            Target::Fragment(fragment) => {
                self.check_anchor(self.page, fragment, span)?;
                Ok(Href {
                    permalink: None,
                    fragment: Some(fragment.clone()),
                    record: None,
                })
            }
            Target::File { path, fragment } => self.file(path, fragment.as_deref(), span),
        }
    }

    /// The address and size of a picture.
    pub(super) fn picture(
        &self,
        target: &Target,
        span: Span,
    ) -> Result<Segment, Option<(Span, Diagnostic)>> {
        let href = self.href(target, span)?;
        let Target::File { path, .. } = target else {
            return Ok(Segment::Address(href, None));
        };
        let found = self.path_of(path);
        let picture = found.and_then(|found| self.asset(&found)?.picture);
        match picture {
            Some(Picture::Broken(reason)) => {
                let message = format!("`{path}` isn't a picture that can be shown: {reason}");
                let help = "put a JPEG, PNG, WebP, AVIF or SVG file in its place";
                Err(Some((span, unplaced(Code::BrokenLink, message).help(help))))
            }
            Some(Picture::Sized(pixels)) => Ok(Segment::Address(href, Some(pixels))),
            None => Ok(Segment::Address(href, None)),
        }
    }

    /// The file below `content/` that a path on this page refers to; `None` if it leads out of the project.
    fn path_of(&self, path: &str) -> Option<SourcePath> {
        path_of(&self.page.source, path)
    }

    /// A file that is published unchanged, from `content/` or from the same path in `static/`.
    fn asset(&self, found: &SourcePath) -> Option<Asset> {
        asset_at(self.outline, found).map(|(_, asset)| asset)
    }

    fn file(
        &self,
        path: &str,
        fragment: Option<&str>,
        span: Span,
    ) -> Result<Href, Option<(Span, Diagnostic)>> {
        let inside = self.path_of(path).filter(|path| {
            path.as_str() == CONTENT || path.as_str().starts_with(&format!("{CONTENT}/"))
        });
        let Some(found) = inside else {
            let message = format!("`{path}` is outside `{CONTENT}/`");
            return Err(Some((span, unplaced(Code::BrokenLink, message))));
        };
        let head = self.outline.head(&found);
        if let Some(head) = head.or_else(|| self.outline.index_of(found.as_str())) {
            if let Some(fragment) = fragment {
                self.check_anchor(&head, fragment, span)?;
            }
            return Ok(Href {
                permalink: Some(head.permalink.clone()),
                fragment: fragment.map(str::to_owned),
                record: None,
            });
        }
        if let Some(asset) = self.asset(&found) {
            return Ok(Href {
                permalink: Some(asset.permalink.clone()),
                fragment: fragment.map(str::to_owned),
                record: None,
            });
        }
        if self.outline.is_unreadable(&found) {
            return Err(None);
        }
        Err(Some((span, self.broken(path, &found))))
    }

    fn broken(&self, written: &str, path: &SourcePath) -> Diagnostic {
        let fault = unplaced(
            Code::BrokenLink,
            format!("there is no page or file `{written}`"),
        );
        if let Some(held) = self.outline.held_back(path) {
            return fault.help(held.help());
        }
        let mut above = path
            .as_str()
            .match_indices('/')
            .map(|(end, _)| &path.as_str()[..end]);
        if is_private(path) || above.any(|folder| is_private(&SourcePath::new(folder))) {
            return fault.help("names below `content/` that begin with `_` aren't published: rename it, without the `_`");
        }
        let name = path.file_name();
        let heads = self.outline.heads();
        let mut pages = heads.iter().map(|head| &head.source);
        let same_name = pages.find(|other| other.file_name() == name && !is_index(other));
        match same_name {
            Some(other) => fault.help(format!("there is `{other}`; write the path from this file")),
            None => {
                let folder = path.folder();
                let assets = self.outline.assets();
                let pages = heads.iter().map(|head| &head.source);
                let siblings = pages
                    .chain(assets.keys())
                    .filter(|other| other.folder() == folder)
                    .map(SourcePath::file_name);
                fault.suggest(name, siblings)
            }
        }
    }

    fn check_anchor(
        &self,
        head: &PageHead,
        fragment: &str,
        span: Span,
    ) -> Result<(), Option<(Span, Diagnostic)>> {
        let Some(anchors) = self.outline.anchors(&head.source) else {
            return Ok(());
        };
        let Anchors { ids, is_whole } = &*anchors;
        if ids.iter().any(|id| id == fragment) || !is_whole {
            return Ok(());
        }
        let message = format!("`{}` has no heading or record `#{fragment}`", head.source);
        let ids = ids.iter().map(String::as_str);
        let fault = unplaced(Code::BrokenAnchor, message).suggest(fragment, ids);
        Err(Some((span, fault)))
    }

    fn unknown(&self, kind: RecordKind, id: &str) -> Diagnostic {
        let code = match kind {
            RecordKind::Source => Code::UnknownSource,
            RecordKind::Person => Code::UnknownPerson,
            RecordKind::Event
            | RecordKind::Figure
            | RecordKind::Reaction
            | RecordKind::Term
            | RecordKind::Question => Code::UnknownRecord,
        };
        let fault = unplaced(code, format!("there is no {} `{id}`", kind.name()));
        match self.scope.kinds_of(id).first() {
            Some(other) => {
                let [from, to] = [kind, *other].map(|kind| format!("{}:{id}", kind.name()));
                fault.help(format!("did you mean `{to}`?")).fix(from, to)
            }
            None => fault.suggest(id, self.scope.ids(kind)),
        }
    }
}

/// A fault whose place is filled in by [`Resolver::resolve`].
fn unplaced(code: Code, message: String) -> Diagnostic {
    let nowhere = Place::file(&SourcePath::new(CONTENT));
    Diagnostic::new(code, nowhere, message)
}
