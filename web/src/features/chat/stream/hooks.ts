/** A question that is on its way, as the rest of the app is told of it. */
export interface Sent {
  requestId: string;
  conversationId: string;
  text: string;
  model: string;
  isNew: boolean;
  /** The branch that it makes and shows. */
  opens: string | null;
  /** The folder that a new conversation begins in. */
  folderId: string | null;
}

/** What the rest of the app does about a turn; the route says what. */
export interface TurnHooks {
  onSent: (sent: Sent) => void;
  /** The branch that a turn makes has its name. */
  onBranch: (requestId: string, branchId: string) => void;
  onRefused: (requestId: string) => void;
  /** `runId`: of a run whose end was received here. */
  onEnded: (requestId: string, runId?: string) => void;
}
