import type {
  ConversationId,
  ConversationItem,
  Entry,
  PresenceState,
  WelcomeReply,
} from './protocol/frames.js';
import type { Refusal } from './refused.js';
import type { Outgoing } from './copy.js';

/** Where a client stands with its server. */
export type ConnectionState =
  | { is: 'connecting'; attempt: number }
  /** Greeted, the list of conversations is on its way. */
  | { is: 'synchronizing'; welcome: WelcomeReply }
  /** The list of conversations is complete; entries may still be on their way. */
  | { is: 'online'; welcome: WelcomeReply }
  | { is: 'waiting'; reason: string; retryAt: number }
  /** The client will not connect again. */
  | { is: 'ended'; cause: EndCause; message: string };

export type EndCause = 'closed' | 'logged-out' | 'replaced' | 'unauthenticated';

/** All a client tells its listeners. */
export type ClientEvent =
  | { type: 'connection'; state: ConnectionState }
  /** Everything the server had when this connection synchronised is here now. Once per connection. */
  | { type: 'caught-up' }
  /** The server's history is another one than that of the copy, or the user is: everything told so far is void. */
  | { type: 'reset' }
  /** The next entry of a conversation: consecutive, each once, except where `skipped` says so. */
  | { type: 'entry'; entry: Entry }
  /** The entries `from` to `to` will not be told: invisible, or too many to be fetched unasked. */
  | { type: 'skipped'; conversation: ConversationId; from: number; to: number }
  /** A message told earlier was edited or recalled: its form now. */
  | { type: 'changed'; entry: Entry }
  | { type: 'conversation'; item: ConversationItem }
  | { type: 'read' | 'delivered' | 'listened'; conversation: ConversationId; user: number; seq: number }
  | { type: 'typing'; conversation: ConversationId; user: number; active: boolean }
  | { type: 'presence'; states: PresenceState[] }
  /** A message waits in the outbox; also told at the start for those of an earlier run. */
  | { type: 'queued'; message: Outgoing }
  | { type: 'sent'; message: Outgoing; seq: number; sentAt: number }
  /** The server refused a message; it is no longer in the outbox. */
  | { type: 'failed'; message: Outgoing; refusal: Refusal };

export type Listener = (event: ClientEvent) => void;
