//! Somebody at the window: reads what is visible, clicks what has a name, types.
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{Key, WebDriver, WebElement};

use crate::screen::Screen;

/// How long anything may take before the person gives up. Waiting ends as soon as it is there.
const PATIENCE: Duration = Duration::from_secs(120);
const GLANCE: Duration = Duration::from_millis(100);

/// Finds controls by role and accessible name, as a screen reader hears them.
const NAMED: &str = r"
const [role, name] = arguments;
const roles = {
  button: 'button, [role=button], [role=radio]', field: 'input, textarea', row: '[role=row]', heading: 'h1',
};
const said = (element) => {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const by = element.getAttribute('aria-labelledby');
  if (by !== null && role === 'field') return by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
  const copy = element.cloneNode(true);
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  return copy.textContent.replace(/\s+/g, ' ').trim();
};
const fits = (text) => name.endsWith('*') ? text.startsWith(name.slice(0, -1)) : text === name;
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getAttribute('aria-disabled') !== 'true' && element.getAttribute('data-pending') !== 'true';
const found = [...document.querySelectorAll(roles[role])].find((element) => seen(element) && fits(said(element)));
// A row has no box of its own to click at; its first words have.
return (role === 'row' ? found?.querySelector('[role=rowheader]') : found) ?? null;
";

/// A person and the window in front of them.
pub struct Person<'a> {
    driver: WebDriver,
    screen: &'a Screen,
    album: PathBuf,
    pages: usize,
}

impl<'a> Person<'a> {
    pub fn new(driver: WebDriver, screen: &'a Screen, album: PathBuf) -> Self {
        Self { driver, screen, album, pages: 0 }
    }

    /// Waits until these words are visible.
    pub async fn sees(&self, words: &str) -> Result<()> {
        self.until(&format!("“{words}” to be visible"), async || {
            Ok(self.reads().await?.contains(words).then_some(()))
        })
        .await
    }

    /// All visible words.
    pub async fn reads(&self) -> Result<String> {
        Ok(self.ask("return document.body.innerText", vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits for a button with this name (`*` at its end: any ending) and clicks it.
    pub async fn presses(&self, name: &str) -> Result<()> {
        self.clicks("button", name).await
    }

    /// Waits for a row of a table and clicks it.
    pub async fn picks(&self, name: &str) -> Result<()> {
        self.clicks("row", name).await
    }

    /// Waits until there is a button with this name that can be pressed.
    pub async fn may_press(&self, name: &str) -> Result<()> {
        self.finds("button", name).await.map(drop)
    }

    /// Waits for the screen with this heading.
    pub async fn is_at(&self, heading: &str) -> Result<()> {
        self.finds("heading", heading).await.map(drop)
    }

    /// Clears a field and types into it.
    pub async fn types(&self, field: &str, text: &str) -> Result<()> {
        let element = self.finds("field", field).await?;
        element.send_keys(Key::Control + "a").await?;
        element.send_keys(text).await?;
        Ok(())
    }

    /// Presses keys wherever the focus is.
    pub async fn hits(&self, modifier: Option<Key>, key: impl Into<char>) -> Result<()> {
        let key = key.into();
        let mut chain = self.driver.action_chain();
        if let Some(modifier) = &modifier {
            chain = chain.key_down(modifier.clone());
        }
        chain = chain.key_down(key).key_up(key);
        if let Some(modifier) = modifier {
            chain = chain.key_up(modifier);
        }
        Ok(chain.perform().await?)
    }

    /// Runs a question in the page.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// The same for one that answers later, through its last argument.
    pub async fn ask_later(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute_async(script, arguments).await?.json().clone())
    }

    /// Takes a picture of the window once its own pictures have come.
    pub async fn photographs(&mut self, name: &str) -> Result<()> {
        self.until("every picture to be there", async || {
            let script = "return [...document.images].every((image) => image.complete) && document.fonts.status === 'loaded'";
            Ok(self.ask(script, vec![]).await?.as_bool().unwrap_or_default().then_some(()))
        })
        .await?;
        self.pages += 1;
        let path = self.album.join(format!("{:02}-{name}.png", self.pages));
        let picture = self.screen.settles().await?;
        ensure!(picture.colours() > 64, "{name}: the window is blank");
        picture.save(&path)
    }

    /// Waits until a question has an answer.
    pub async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
        let begun = Instant::now();
        loop {
            // The driver drops a connection now and then, and a page may be drawn anew under the look: look again.
            let looked = look().await;
            if let Ok(Some(found)) = looked {
                return Ok(found);
            }
            if begun.elapsed() > PATIENCE {
                let path = self.album.join("gave-up.png");
                self.screen.picture()?.save(&path)?;
                let words = self.reads().await.unwrap_or_default();
                bail!(
                    "waited for {what} ({}, {:?}); the window says:\n{words}",
                    path.display(),
                    looked.err()
                );
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn finds(&self, role: &str, name: &str) -> Result<WebElement> {
        self.until(&format!("the {role} “{name}”"), async || self.find(role, name).await).await
    }

    /// Clicks until the window has taken it.
    async fn clicks(&self, role: &str, name: &str) -> Result<()> {
        self.until(&format!("the {role} “{name}”, free to be clicked"), async || {
            let Err(refused) = self.find(role, name).await?.context("it is not there yet")?.click().await
            else {
                return Ok(Some(()));
            };
            if !matches!(*refused, WebDriverErrorInner::HttpError(_)) {
                return Ok(None);
            }
            // The answer was lost on the way, not always the click: what was clicked looks different afterwards.
            tokio::time::sleep(GLANCE * 5).await;
            Ok(self.find(role, name).await?.is_none().then_some(()))
        })
        .await
    }

    async fn find(&self, role: &str, name: &str) -> Result<Option<WebElement>> {
        let found = self.driver.execute(NAMED, vec![json!(role), json!(name)]).await?;
        Ok(if found.json().is_null() { None } else { Some(found.element()?) })
    }
}
