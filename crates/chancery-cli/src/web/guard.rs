//! What every request and answer passes: only this computer by its own name, and headers that let nothing else in.

use super::{Fault, Room};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Refuses other hosts (a page elsewhere whose name was pointed at loopback) and writes from other origins.
pub async fn guard(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let mut answer = match check(&room, request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(fault) => fault.into_response(),
    };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: browsers would then send forms with the origin `null`.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

fn check(room: &Room, method: &Method, headers: &HeaderMap) -> Result<(), Fault> {
    let said = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default();
    let names = [format!("127.0.0.1:{}", room.port), format!("localhost:{}", room.port)];
    let host = said(header::HOST);
    if !names.iter().any(|n| n == host) {
        let why = "This room answers to 127.0.0.1 and localhost only.".into();
        return Err(Fault::Refused(StatusCode::FORBIDDEN, why));
    }
    if method != Method::GET && method != Method::HEAD && said(header::ORIGIN) != format!("http://{host}") {
        let why = "A decision must come from a page of this room.".into();
        return Err(Fault::Refused(StatusCode::FORBIDDEN, why));
    }
    Ok(())
}
