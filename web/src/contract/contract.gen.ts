/* Generated from contract.json by `npm run contract`. Do not edit. */

/*
 */
export type ChatEvent = RunStartedEvent | TextDeltaEvent | ReasoningDeltaEvent | AttemptFailedEvent | RunFinishedEvent;

/**
 * One try at one model. `error` is a short code, null when it went well; times in ms.
 */
export interface Attempt {
  number: number;
  model: string;
  outcome: "complete" | "incomplete" | "failed";
  error: string | null;
  message: string | null;
  startedMs: number;
  firstTokenMs: number | null;
  totalMs: number;
}
/**
 * An attempt failed; another follows after `retry_in_ms`, or none when that is null.
 */
export interface AttemptFailedEvent {
  type: "attempt-failed";
  attempt: Attempt;
  retryInMs: number | null;
}
/**
 * The first event. `attached` is true when this request id had been used before: then the
 * answer is the one that run makes or made.
 */
export interface RunStartedEvent {
  type: "run-started";
  runId: string;
  conversationId: string;
  branchId: string;
  questionId: string;
  answerId: string;
  title: string | null;
  attached: boolean;
}
/*
 */
export interface TextDeltaEvent {
  type: "text-delta";
  text: string;
}
/*
 */
export interface ReasoningDeltaEvent {
  type: "reasoning-delta";
  text: string;
}
/*
 */
export interface RunFinishedEvent {
  type: "run-finished";
  runId: string;
  state: "running" | "complete" | "incomplete" | "stopped" | "failed";
  receipt: Receipt | null;
  problem: Problem | null;
}
/**
 * What an answer was made of and what it cost. Times in milliseconds from the request.
 */
export interface Receipt {
  modelAsked: string;
  modelUsed: string | null;
  reason: string | null;
  usage: TokenUsage | null;
  cost: Cost;
  firstTokenMs: number | null;
  totalMs: number;
  attempts: Attempt[];
  contextMessages: number;
  leftOutMessages: number;
}
/**
 * Tokens as the provider reported them; null means that it did not say.
 */
export interface TokenUsage {
  inputTokens: number | null;
  outputTokens: number | null;
  cachedInputTokens: number | null;
  cacheWriteTokens: number | null;
  reasoningTokens: number | null;
}
/**
 * Integer micro-dollars; `micros` null where the price is not known.
 */
export interface Cost {
  micros: number | null;
  source: string;
}
/**
 * What went wrong, as the person reads it. `status` is a callable status.
 */
export interface Problem {
  status: string;
  message: string;
}
/**
 * One question. `new_conversation` creates the conversation under the id given; without it a
 * conversation that is not there answers NOT_FOUND. `model` is `connection/model`.
 */
export interface ChatRequest {
  requestId: string;
  conversationId: string;
  newConversation?: boolean;
  branchId?: string | "main";
  text: string;
  model: string;
}
/**
 * How the turn ended; `state` is running when an attached run is still being written.
 */
export interface ChatResult {
  runId: string;
  conversationId: string;
  questionId: string;
  answerId: string;
  state: "running" | "complete" | "incomplete" | "stopped" | "failed";
  text: string;
  reasoning: string;
  receipt: Receipt | null;
  problem: Problem | null;
}
/**
 * `state` says why a connection offers nothing: no key, or away with the reason.
 */
export interface ConnectionSummary {
  id: string;
  name: string;
  state: "ready" | "not-configured" | "away";
  reason: string | null;
}
/**
 * `updated_at` is RFC 3339; the listener's document with that time or a later one has the change.
 */
export interface ConversationChanged {
  conversationId: string;
  title: string;
  state: string;
  updatedAt: string;
}
/**
 * An empty conversation under an id that the caller made. A new chat needs no call to this:
 * `chat` creates its conversation itself.
 */
export interface CreateConversation {
  requestId: string;
  conversationId: string;
  title: string;
}
/**
 * Hides it at once; it is gone for good after ten minutes unless restored.
 */
export interface DeleteConversation {
  requestId: string;
  conversationId: string;
}
/**
 * An operation that needs or gives nothing.
 */
export interface Empty {}
/*
 */
export interface ModelList {
  models: ModelSummary[];
  connections: ConnectionSummary[];
  defaultModel: string | null;
}
/**
 * A model that can be chosen. `id` is `connection/model`.
 */
export interface ModelSummary {
  id: string;
  connection: string;
  connectionName: string;
  name: string;
  vision: boolean;
  audio: boolean;
  tools: boolean;
  reasoning: boolean;
  contextTokens: number | null;
  outputTokens: number | null;
  price: ModelPrice | null;
}
/**
 * Micro-dollars a million tokens.
 */
export interface ModelPrice {
  inputMicros: number;
  outputMicros: number;
  source: string;
  asOf: string | null;
}
/*
 */
export interface Preferences {
  theme: "light" | "dark" | "system";
  defaultModel: string | null;
}
/*
 */
export interface RenameConversation {
  requestId: string;
  conversationId: string;
  title: string;
}
/*
 */
export interface RestoreConversation {
  requestId: string;
  conversationId: string;
}
/**
 * Fields left out stay as they are.
 */
export interface UpdatePreferences {
  theme?: ("light" | "dark" | "system") | null;
  defaultModel?: string | null;
}

export interface Operations {
  "chat": { input: ChatRequest; output: ChatResult; event: ChatEvent };
  "conversations.create": { input: CreateConversation; output: ConversationChanged; event: never };
  "conversations.delete": { input: DeleteConversation; output: ConversationChanged; event: never };
  "conversations.rename": { input: RenameConversation; output: ConversationChanged; event: never };
  "conversations.restore": { input: RestoreConversation; output: ConversationChanged; event: never };
  "models.list": { input: Empty; output: ModelList; event: never };
  "people.updatePreferences": { input: UpdatePreferences; output: Preferences; event: never };
}

/** Timeouts in seconds. */
export const operations = {
  "chat": { function: "chat", timeout: 300, streamed: true },
  "conversations.create": { function: "api", timeout: 60, streamed: false },
  "conversations.delete": { function: "api", timeout: 60, streamed: false },
  "conversations.rename": { function: "api", timeout: 60, streamed: false },
  "conversations.restore": { function: "api", timeout: 60, streamed: false },
  "models.list": { function: "api", timeout: 60, streamed: false },
  "people.updatePreferences": { function: "api", timeout: 60, streamed: false },
} as const;

