use std::collections::HashMap;
use std::fmt;

pub const LIMIT: usize = 100;

#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub name: String,
    pub price: u64,
}

#[derive(Debug)]
pub enum Error {
    SoldOut(String),
    Full,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

pub trait Seller {
    fn take(&mut self, name: &str) -> Result<Item, Error>;
}

#[derive(Default)]
pub struct Shop<T> {
    items: HashMap<String, Item>,
    pub notes: Vec<T>,
}

impl<T> Shop<T> {
    #[must_use]
    pub fn new(notes: Vec<T>) -> Self {
        Shop {
            items: HashMap::new(),
            notes,
        }
    }

    pub fn add(&mut self, item: Item) -> Result<usize, Error> {
        if self.items.len() >= LIMIT {
            return Err(Error::Full);
        }
        self.items.insert(item.name.clone(), item);
        Ok(self.items.len())
    }

    /// # Safety
    pub unsafe fn raw(&self, index: usize) -> &T {
        self.notes.get_unchecked(index)
    }

    pub async fn wait(&self) {}
}

impl<T> Seller for Shop<T> {
    fn take(&mut self, name: &str) -> Result<Item, Error> {
        self.items
            .remove(name)
            .ok_or_else(|| Error::SoldOut(name.to_string()))
    }
}

pub fn total<'a, I: Iterator<Item = &'a Item>>(items: I) -> u64 {
    items.map(|item| item.price).sum()
}

#[macro_export]
macro_rules! item {
    ($name:expr) => {
        $crate::Item {
            name: $name.into(),
            price: 0,
        }
    };
}
