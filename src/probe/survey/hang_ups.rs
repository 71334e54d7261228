//! Which hang-ups are answers: those in a row, and not those between two answers.
//!
//! Who lets in every second connection hangs up on every second hello, whatever it says. So a hello
//! whose hang-up stood alone is asked again, until it is one of several in a row, or is answered.

use crate::model::Hello;

/// How often in a row a server must hang up before a control can say that it means it.
const ENOUGH: u32 = 2;

/// The hellos of a survey that the server hung up on, as far as they are not settled.
#[derive(Default)]
pub struct HangUps {
    /// The last ones, with nothing else between.
    run: Vec<Hello>,
    /// How often in a row it hung up by now.
    in_a_row: u32,
    /// Those of rows before: a control is due.
    due: Vec<Hello>,
    /// Those between answers.
    alone: Vec<Hello>,
    /// Those that stood alone once, and are asked again.
    again: Vec<Hello>,
    /// Those of them that are asked twice at once, for no other would make a row with them.
    at_once: Vec<Hello>,
    /// How many connections in a row were let in since the first hang-up that is not settled.
    let_in: u32,
    /// Whether that were several once.
    lets_several_in: bool,
}

impl HangUps {
    /// The server hung up on `hello`, so many `times` at once.
    pub fn note(&mut self, hello: Hello, times: u32) {
        self.run.push(hello);
        self.in_a_row += times;
        self.let_in = 0;
    }

    /// The server answered: by a choice or by an alert that refuses.
    pub fn answered(&mut self) {
        self.interrupt();
        if !(self.alone.is_empty() && self.due.is_empty()) {
            self.let_in += 1;
            self.lets_several_in |= self.let_in >= ENOUGH;
        }
    }

    /// Whether it lets in several in a row since, so that it does not let in one of several.
    pub fn lets_several_in(&self) -> bool {
        self.lets_several_in
    }

    /// The server did something else.
    pub fn interrupt(&mut self) {
        let run = std::mem::take(&mut self.run);
        match self.are_in_a_row() {
            true => self.due.extend(run),
            false => self.alone.extend(run),
        }
        self.in_a_row = 0;
    }

    /// Whether the last ones are several.
    pub fn are_in_a_row(&self) -> bool {
        self.in_a_row >= ENOUGH
    }

    /// Whether `hello` stood alone once.
    pub fn stood_alone(&self, hello: &Hello) -> bool {
        self.again.contains(hello)
    }

    /// Whether one more hang-up on `hello` would stand alone again, so that it is asked twice at once.
    pub fn takes_two(&self, hello: &Hello) -> bool {
        self.in_a_row == 0 && self.at_once.contains(hello)
    }

    /// Those that stand alone, which are to be asked again.
    pub fn take_alone(&mut self) -> Vec<Hello> {
        let mut alone = std::mem::take(&mut self.alone);
        if !self.are_in_a_row() {
            // The row goes on with whatever is asked next.
            alone.append(&mut self.run);
        }
        let known = alone
            .iter()
            .filter(|hello| alone.len() == 1 || self.stood_alone(hello));
        let known: Vec<Hello> = known.cloned().collect();
        self.at_once.extend(known);
        self.again.extend_from_slice(&alone);
        alone
    }

    /// Those for which a control is due, after which a new row begins.
    pub fn take_due(&mut self) -> Vec<Hello> {
        self.interrupt();
        self.let_in = 0;
        std::mem::take(&mut self.due)
    }

    /// All of them.
    pub fn take_all(&mut self) -> Vec<Hello> {
        let mut all = self.take_due();
        all.append(&mut self.alone);
        all
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;
    use crate::model::TlsVersion;
    use crate::probe::offers::hello;

    fn hellos() -> [Hello; 3] {
        [
            TlsVersion::TLS_1_0,
            TlsVersion::TLS_1_1,
            TlsVersion::TLS_1_2,
        ]
        .map(|version| hello(version, Vec::new(), false))
    }

    #[test]
    fn two_in_a_row_wait_for_a_control() {
        let [one, two, three] = hellos();
        let mut hang_ups = HangUps::default();
        hang_ups.note(one.clone(), 1);
        assert!(!hang_ups.are_in_a_row());
        hang_ups.note(two.clone(), 1);
        assert!(hang_ups.are_in_a_row());
        hang_ups.interrupt();
        hang_ups.note(three.clone(), 1);
        hang_ups.interrupt();
        assert_eq!(hang_ups.take_alone(), [three]);
        assert_eq!(hang_ups.take_due(), [one, two]);
        assert!(hang_ups.take_all().is_empty());
    }

    #[test]
    fn one_that_stands_alone_is_asked_twice_or_in_a_row_with_others() {
        let [one, two, _] = hellos();
        let mut hang_ups = HangUps::default();
        hang_ups.note(one.clone(), 1);
        hang_ups.interrupt();
        assert_eq!(hang_ups.take_alone(), from_ref(&one));
        assert!(hang_ups.takes_two(&one) && !hang_ups.takes_two(&two));
        hang_ups.note(one.clone(), 2);
        assert_eq!(hang_ups.take_due(), from_ref(&one));
        // The last of all stands alone as well, and begins the row in which it is asked again.
        hang_ups.note(two.clone(), 1);
        assert_eq!(hang_ups.take_alone(), from_ref(&two));
        assert!(hang_ups.stood_alone(&two) && !hang_ups.takes_two(&two));
        hang_ups.note(two.clone(), 1);
        assert_eq!(hang_ups.take_due(), [two]);
    }

    #[test]
    fn several_that_stand_alone_make_a_row_with_each_other() {
        let [one, two, three] = hellos();
        let mut hang_ups = HangUps::default();
        for hello in [&one, &two] {
            hang_ups.note(hello.clone(), 1);
            hang_ups.answered();
        }
        assert!(!hang_ups.lets_several_in(), "one of two so far");
        hang_ups.answered();
        assert!(hang_ups.lets_several_in());
        assert_eq!(hang_ups.take_alone(), [one.clone(), two.clone()]);
        assert!(!hang_ups.takes_two(&one) && !hang_ups.takes_two(&two));
        hang_ups.note(one.clone(), 1);
        hang_ups.answered();
        hang_ups.note(three.clone(), 1);
        hang_ups.answered();
        assert_eq!(hang_ups.take_alone(), [one.clone(), three.clone()]);
        assert!(hang_ups.takes_two(&one) && !hang_ups.takes_two(&three));
    }
}
