//! What the studio says unasked, to whoever listens.
use tokio::sync::broadcast;

use crate::api::{JobView, StudioEvent, Topic};

/// Events kept for a listener that is slow; one that falls further behind is told to ask for everything again.
const BACKLOG: usize = 1_024;

/// The sending side.
#[derive(Clone, Debug)]
pub(crate) struct Bell {
    sender: broadcast::Sender<StudioEvent>,
}

impl Bell {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::channel(BACKLOG).0 }
    }

    pub(crate) fn listen(&self) -> Events {
        Events { receiver: self.sender.subscribe() }
    }

    pub(crate) fn changed(&self, topics: &[Topic]) {
        // No listener is not an error: the command line often has none.
        let _ = self.sender.send(StudioEvent::Changed { topics: topics.to_vec() });
    }

    pub(crate) fn job(&self, job: JobView) {
        let _ = self.sender.send(StudioEvent::Job { job: Box::new(job) });
    }
}

/// The listening side: one per window, stream or waiting command.
#[derive(Debug)]
pub struct Events {
    receiver: broadcast::Receiver<StudioEvent>,
}

impl Events {
    /// The next event; `None` when the studio is gone.
    pub async fn next(&mut self) -> Option<StudioEvent> {
        match self.receiver.recv().await {
            Ok(event) => Some(event),
            Err(broadcast::error::RecvError::Lagged(_)) => {
                Some(StudioEvent::Changed { topics: Topic::ALL.to_vec() })
            }
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}
