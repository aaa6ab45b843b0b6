//! A crate.
#![allow(dead_code, unused)]

use clap::{Parser, Subcommand};
use std::fmt;
use std::io;

/// What is asked for.
#[derive(Debug, Parser)]
#[command(name = "shop")]
pub struct Options {
    #[arg(short)]
    verbose: bool,
    #[command(subcommand)]
    pub what: What,
}

#[derive(Subcommand)]
// Between them.
#[derive(Debug)]
pub enum What {
    Open,
    Close { hard: bool },
}

#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Shop<'a, T: Clone, const N: usize = 1> {
    pub name: &'a str,
    /// Its items.
    pub items: [T; N],
    secret: u8,
}

pub struct Pair(pub u8, u8);

struct Hidden;

pub(crate) struct Inside;

#[doc = "Documented by an attribute."]
#[derive(Clone)]
pub struct ByAttribute;

#[doc(hidden)]
pub fn not_shown() {}

/* A block comment is none. */
pub enum Kind {
    Small,
    /// Large.
    Large(u8),
    Odd {
        size: u8,
    },
}

pub union Bits {
    whole: u32,
    pub parts: [u8; 4],
}

//// Four slashes are none.
pub trait Area {
    const SIDES: u8;
    type Unit;
    fn area(&self) -> f64;
    /// Twice.
    fn twice(&self) -> f64 {
        self.area() * 2.0
    }
}

impl Area for Pair {
    const SIDES: u8 = 4;
    type Unit = u8;
    fn area(&self) -> f64 {
        f64::from(self.0)
    }
}

impl<'a, T: Clone, const N: usize> Shop<'a, T, N> {
    pub const LIMIT: usize = N;

    #[must_use]
    #[inline]
    pub fn open(mut self, (a, b): (u8, u8), _: u8, why: &str) -> Result<Self, io::Error> {
        if why.is_empty() {
            return Err(io::Error::last_os_error());
        }
        let closure = |x: u8| -> u8 { x + a };
        fn helper(x: u8) -> u8 {
            x
        }
        assert!(closure(b) > helper(0), "never");
        Ok(self)
    }

    fn private(&self) {}

    pub(super) fn half(&self) {}
}

/** As a block. */
pub unsafe fn raw(p: *const u8) -> u8 {
    *p
}

pub async fn wait() {}

extern "C" {
    pub fn strlen(s: *const u8) -> usize;
}

pub static COUNT: u8 = 0;
pub const LIMIT: u8 = 1;
const SMALL: u8 = 1;
pub type Result2<T> = Result<T, fmt::Error>;

pub mod inner {
    pub fn deep() {}
    pub(in crate::inner) fn deeper() {}
}

mod closed {
    pub fn unseen() {}
}

mod elsewhere;

#[macro_export]
#[allow(unused_macros)]
macro_rules! shout {
    ($x:expr) => {
        pub fn not_code() {}
    };
}

macro_rules! whisper {
    () => {};
}

thread_local! {
    static NOT_FOUND: u8 = 1;
}

#[pyo3::pyfunction]
pub fn from_python() {}

#[pymethods]
impl Pair {
    pub fn method(&self) {}
}

#[derive(schemars::JsonSchema)]
pub struct Schema {
    pub field: u8,
}

fn main() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works() {}

    fn help() {}
}

#[tokio::test]
pub async fn waits() {}
