//! Words within one edit whose first letter is the same: tantivy's own automaton, held to a first letter.

use tantivy::Term;
use tantivy::query::{AutomatonWeight, DfaWrapper, EnableScoring, FuzzyTermQuery, Query, Weight};
use tantivy_fst::Automaton;

#[derive(Clone, Debug)]
pub struct Fuzzy(pub Term);

/// The first byte, and then the automaton.
struct FirstLetter {
    first: u8,
    dfa: DfaWrapper,
}

#[derive(Clone, Copy)]
enum State {
    Start(u32),
    Inside(u32),
    Dead,
}

impl Automaton for FirstLetter {
    type State = State;

    fn start(&self) -> State {
        State::Start(self.dfa.start())
    }

    fn is_match(&self, s: &State) -> bool {
        matches!(s, State::Inside(d) if self.dfa.is_match(d))
    }

    fn can_match(&self, s: &State) -> bool {
        match s {
            State::Start(_) => true,
            State::Inside(d) => self.dfa.can_match(d),
            State::Dead => false,
        }
    }

    fn accept(&self, s: &State, byte: u8) -> State {
        match s {
            State::Start(d) if byte == self.first => State::Inside(self.dfa.accept(d, byte)),
            State::Inside(d) => State::Inside(self.dfa.accept(d, byte)),
            _ => State::Dead,
        }
    }
}

impl Query for Fuzzy {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let dfa = FuzzyTermQuery::new(self.0.clone(), 1, true).automaton()?;
        let first = self.0.serialized_value_bytes().first().copied().unwrap_or(0);
        Ok(Box::new(AutomatonWeight::new(self.0.field(), FirstLetter { first, dfa })))
    }
}
