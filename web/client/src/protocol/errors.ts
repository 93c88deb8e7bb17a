// Generated from the server's records by TypeScriptTest, which also fails when the two differ.

export const errorCodes = {
  /** The request is not what the protocol says; correct it before sending it again. */
  'malformed': 400,
  /** A frame, text or list is over its limit; send less. */
  'too-large': 413,
  /** This server does not know the request type or content kind; do not repeat it. */
  'unsupported': 400,
  /** The token is missing, wrong or ended; log in again. */
  'unauthenticated': 401,
  /** You are known but may not do this; do not repeat it. */
  'forbidden': 403,
  /** What the request names does not exist or is not visible to you. */
  'not-found': 404,
  /** You are not a member of the conversation; drop it or join it first. */
  'not-member': 403,
  /** One of the two has blocked the other; do not repeat it. */
  'blocked': 403,
  /** You may not write here until the mute ends; retryAfterMs says when, if it is known. */
  'muted': 403,
  /** Too many requests; wait retryAfterMs and repeat. */
  'rate-limited': 429,
  /** Somebody else was first or the state does not allow it; read the state again. */
  'conflict': 409,
  /** Moderation refused the content; do not repeat it. */
  'rejected': 422,
  /** Not acknowledged: it may or may not be stored. Repeat it with the same clientId. */
  'unavailable': 503,
  /** A fault of the server, which is logged there; repeat it later with the same clientId. */
  'internal': 500,
} as const;

export type ErrorCode = keyof typeof errorCodes;
