import { errorCodes, type ErrorCode } from './protocol/errors.js';

export interface Refusal {
  code: ErrorCode;
  message: string;
  retryAfterMs: number;
}

/** Clients take a code they do not know for `internal`. */
export function refusal(said: {
  code?: unknown;
  message?: unknown;
  detail?: unknown;
  retryAfterMs?: unknown;
}): Refusal {
  const code =
    typeof said.code === 'string' && said.code in errorCodes ? (said.code as ErrorCode) : 'internal';
  const text = said.message ?? said.detail;
  return {
    code,
    message: typeof text === 'string' ? text : code,
    retryAfterMs: typeof said.retryAfterMs === 'number' ? said.retryAfterMs : 0,
  };
}

/** The server understood and refused. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'Refused';
  }

  get code(): ErrorCode {
    return this.refusal.code;
  }
}

/** No connection, or it ended before the answer: nobody knows whether the request arrived. */
export class Disconnected extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'Disconnected';
  }
}

/** The client was closed or may not connect any more. */
export class Ended extends Error {
  constructor() {
    super('the client has ended');
    this.name = 'Ended';
  }
}
