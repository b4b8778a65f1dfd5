//! A TCP port as a transparent serial server: the same module for whoever connects, one after the other or at once.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// How soon the accepting thread notices that the cable was pulled.
const GLANCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// An open port and its connections.
#[derive(Debug)]
pub struct TcpPort {
    pub address: SocketAddr,
    closed: AtomicBool,
    connections: Mutex<Vec<Arc<TcpStream>>>,
}

impl TcpPort {
    /// Opens `address` and gives each piece of bytes, with the connection it came from, to `hear`.
    pub fn open(
        address: SocketAddr,
        hear: impl Fn(&[u8], &Arc<TcpStream>) + Send + Sync + 'static,
    ) -> std::io::Result<Arc<TcpPort>> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let port = Arc::new(TcpPort {
            address: listener.local_addr()?,
            closed: AtomicBool::new(false),
            connections: Mutex::new(Vec::new()),
        });
        let (accepting, hear) = (Arc::clone(&port), Arc::new(hear));
        std::thread::spawn(move || accepting.accept(&listener, &hear));
        Ok(port)
    }

    /// Pulls the cable: connections are reset, new ones refused.
    pub fn close(&self) {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        self.closed.store(true, Ordering::Release);
        for connection in connections.drain(..) {
            reset_on_close(&connection);
            // This only wakes the thread that reads.
            drop(connection.shutdown(std::net::Shutdown::Read));
        }
    }

    fn accept<F>(self: &Arc<TcpPort>, listener: &TcpListener, hear: &Arc<F>)
    where
        F: Fn(&[u8], &Arc<TcpStream>) + Send + Sync + 'static,
    {
        while !self.closed.load(Ordering::Acquire) {
            let mut waiting = [PollFd::new(listener, PollFlags::IN)];
            let _ = poll(&mut waiting, Some(&GLANCE));
            let Ok((connection, _)) = listener.accept() else { continue };
            let settled = connection
                .set_nonblocking(false)
                .and(connection.set_nodelay(true))
                .and(connection.set_write_timeout(Some(Duration::from_secs(2))));
            if settled.is_err() {
                continue;
            }
            let connection = Arc::new(connection);
            {
                let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
                if self.closed.load(Ordering::Acquire) {
                    reset_on_close(&connection);
                    return;
                }
                connections.push(Arc::clone(&connection));
            }
            let (port, hear) = (Arc::clone(self), Arc::clone(hear));
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(count @ 1..) = (&*connection).read(&mut buffer) {
                    hear(&buffer[..count], &connection);
                }
                let mut connections = port.connections.lock().unwrap_or_else(PoisonError::into_inner);
                connections.retain(|other| !Arc::ptr_eq(other, &connection));
            });
        }
    }
}

/// With no time to linger, the last close sends a reset.
fn reset_on_close(connection: &TcpStream) {
    let _ = rustix::net::sockopt::set_socket_linger(connection, Some(Duration::ZERO));
}

/// Writes towards the host; one that has gone misses it.
pub fn write(connection: &TcpStream, bytes: &[u8]) {
    let mut connection = connection;
    drop(connection.write_all(bytes));
}
