//! Who files a story and who is credited beside, as fields of the markup name them.

use super::draft::Draft;
use crate::data::agencies;
use crate::story::{Agency, Evidence, Sourced};
use crate::text::fold;
use std::borrow::Cow;

/// Credits kept of the bylines of one story.
const CREDITS_MAX: usize = 20;

impl Draft {
    /// Notes who files the story, where the table of agencies knows the name; the first
    /// is the agency, others are credits.
    pub(super) fn agency(&mut self, name: &str, field: impl Into<Cow<'static, str>>) -> bool {
        let as_written = name.trim();
        let Some(row) = agency_row(as_written) else { return false };
        let evidence = self.evidence(field);
        if self.story.agency.is_none() {
            self.story.credits.retain(|c| c.id != row.id);
            self.story.agency = Some(agency_of(row, as_written, evidence));
        } else {
            self.credit(row, as_written, evidence);
        }
        true
    }

    /// Adds a credit, unless who it is for files the story or has one.
    fn credit(&mut self, row: &agencies::Agency, as_written: &str, evidence: Vec<Evidence>) {
        if !self.story.agency.iter().chain(&self.story.credits).any(|a| a.id == row.id) {
            self.story.credits.push(agency_of(row, as_written, evidence));
        }
    }

    /// Notes an agency that the table does not know, where the markup says that it is one.
    pub(super) fn unknown_agency(&mut self, name: &str, field: impl Into<Cow<'static, str>>) {
        /// Longest name of an agency.
        const NAME_BYTES_MAX: usize = 80;
        let name = name.trim();
        let is_name = name.len() <= NAME_BYTES_MAX && name.contains(char::is_alphabetic) && !name.contains(['/', '@']);
        if self.story.agency.is_none() && is_name {
            self.story.agency = Some(Agency {
                id: format!("src:{}", name.to_lowercase()),
                name: name.to_owned(),
                as_written: name.to_owned(),
                evidence: self.evidence(field),
            });
        }
    }

    /// Takes the agencies that a byline names behind a writer or a paper as credits: *Le Monde avec AFP*.
    pub(super) fn credits_of(&mut self, byline: &Sourced<String>) {
        const WITH: &[&str] = &[" avec ", " with ", " mit ", " con ", " com ", " met ", " med ", " z ", " с "];
        let Some(behind) = WITH.iter().find_map(|with| Some(byline.value.split_once(with)?.1)) else { return };
        let parts = behind.split([',', '/', '&']).flat_map(|part| part.split(" et "));
        for name in parts.flat_map(|part| part.split(" and ")) {
            let Some(row) = agencies::by_alias(name.trim().trim_matches(['(', ')'])) else { continue };
            if self.story.credits.len() < CREDITS_MAX {
                self.credit(row, name.trim(), byline.evidence.clone());
            }
        }
    }
}

fn agency_of(row: &agencies::Agency, as_written: &str, evidence: Vec<Evidence>) -> Agency {
    Agency { id: row.id.to_owned(), name: row.name.to_owned(), as_written: as_written.to_owned(), evidence }
}

/// Finds an agency by a name, an address or a code such as `nprov:dpa`, `afp.com`.
fn agency_row(name: &str) -> Option<&'static agencies::Agency> {
    let bare = name.rsplit([':', '/']).next().unwrap_or(name).trim();
    let host = bare.trim_start_matches("www.").split('.').next().unwrap_or(bare);
    // `Agence France Presse -- English`: the service stands behind.
    let service = name.split(" -- ").next().unwrap_or(name).trim();
    [name, bare, host, service].into_iter().find_map(|n| {
        agencies::by_alias(n).or_else(|| agencies::by_alias(&n.to_uppercase())).or_else(|| agencies::by_id(&fold(n)))
    })
}
