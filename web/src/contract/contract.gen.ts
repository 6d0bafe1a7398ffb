/* Generated from contract.json by `npm run contract`. Do not edit. */

/*
 */
export type ChatEvent =
  RunStartedEvent | TextDeltaEvent | ReasoningDeltaEvent | AttemptFailedEvent | CallWaitingEvent | RunFinishedEvent;
/*
 */
export type JsonValue = unknown;
/*
 */
export type ProxyEvent = TextDeltaEvent | ReasoningDeltaEvent | ToolCalledEvent | AttemptFailedEvent | CallWaitingEvent;

/**
 * The newest first. `more`: there are others after these.
 */
export interface AllKeys {
  keys: OwnedKey[];
  more: boolean;
}
/*
 */
export interface OwnedKey {
  key: KeyView;
  owner: NamedPerson;
}
/**
 * A key without its secret. Times are ISO 8601, `last_used_day` a day of TIME_ZONE. `used` is
 * what is used of its budget in this period, with what is reserved.
 */
export interface KeyView {
  id: string;
  name: string;
  prefix: string;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
  lastUsedDay: string | null;
  models: string[] | null;
  budget: KeyBudget | null;
  used: number | null;
}
/**
 * What a key may take beside what its person may: micro-dollars, tokens or requests.
 */
export interface KeyBudget {
  limit: number;
  unit: "USD" | "tokens" | "requests";
  period: "minute" | "hour" | "day" | "week" | "month" | "ever";
}
/**
 * Name and e-mail as far as they are known; who has gone has none.
 */
export interface NamedPerson {
  id: string;
  name: string | null;
  email: string | null;
}
/*
 */
export interface AnswerRated {
  rating: ("good" | "bad") | null;
  reasons: ("wrong" | "notAsked" | "incomplete" | "tooLong" | "style" | "slow" | "harmful" | "other")[];
}
/*
 */
export interface AssistantMessage {
  role: "assistant";
  content?: string | TextContent[] | null;
  refusal?: string | null;
  tool_calls?: MessageToolCall[] | null;
}
/*
 */
export interface TextContent {
  type: "text";
  text: string;
}
/*
 */
export interface MessageToolCall {
  id: string;
  type?: "function";
  function: FunctionCall;
}
/*
 */
export interface FunctionCall {
  name: string;
  arguments: string;
}
/**
 * One try at one model (`connection/model`), or one that was not made ("skipped") because the
 * model was known to be in trouble, or its turn did not come. `error` is a short code, null when
 * it went well; `message` and `details` are as an error has them. Times in ms from the start of
 * the call. `usage` and `cost` null where nothing was billed.
 */
export interface Attempt {
  number: number;
  model: string;
  outcome: "complete" | "incomplete" | "failed" | "skipped" | "lost";
  error: string | null;
  message: string | null;
  details: ErrorDetails | null;
  startedMs: number;
  firstTokenMs: number | null;
  totalMs: number;
  usage: TokenUsage | null;
  cost: Cost | null;
}
/**
 * Tokens as the provider reported them; null means that it did not say.
 *
 * Some providers count cached tokens among `input_tokens`, others beside them. `partial`: it is
 * a sum, and of some of its attempts nothing is known.
 */
export interface TokenUsage {
  inputTokens: number | null;
  outputTokens: number | null;
  cachedInputTokens: number | null;
  cacheWriteTokens: number | null;
  reasoningTokens: number | null;
  partial: boolean;
}
/**
 * Integer micro-dollars; `micros` null where the price is not known. `partial`: it is a sum,
 * and of some of its attempts the cost is not known.
 */
export interface Cost {
  micros: number | null;
  source: string;
  partial: boolean;
}
/**
 * An attempt failed; another follows after `retry_in_ms`, or none when that is null.
 *
 * `next_model` is the one that goes on: the same again, or another, which continues the text that
 * has been shown.
 */
export interface AttemptFailedEvent {
  type: "attempt-failed";
  attempt: Attempt;
  retryInMs: number | null;
  nextModel: string | null;
}
/*
 */
export interface AudioContent {
  type: "input_audio";
  input_audio: InputAudio;
}
/*
 */
export interface InputAudio {
  data: string;
  format: "wav" | "mp3";
}
/**
 * `who` is as the setting BUDGETS has it. `limit`, `used` and `reserved` are in micro-dollars,
 * tokens, requests or answers. `reserved` is for answers that are being written; `renews_at`
 * (ISO 8601) None: never.
 */
export interface BudgetLeft {
  id: string;
  text: string;
  who: string;
  unit: "USD" | "tokens" | "requests" | "answers";
  period: "minute" | "hour" | "day" | "week" | "month" | "ever";
  models: string;
  hard: boolean;
  limit: number;
  used: number;
  reserved: number;
  renewsAt: string | null;
}
/**
 * `cache`: whether answers that were made before may do here, and for whom.
 */
export interface BudgetList {
  budgets: BudgetLeft[];
  timeZone: string;
  cache: "off" | "on-request" | "on";
}
/**
 * A budget that refuses, as `BudgetLeft` has it. `state`: all of it is used, less is left than
 * is asked for, or the rest is held by answers that are being written. `raisedBy`: who can.
 */
export interface BudgetRefusal {
  text: string;
  who: string;
  limit: number;
  unit: "USD" | "tokens" | "requests" | "answers";
  period: "minute" | "hour" | "day" | "week" | "month" | "ever";
  models: string;
  left: number;
  renewsAt: string | null;
  state: "used-up" | "short" | "held";
  raisedBy: "administrator" | "deployment" | "nobody";
}
/**
 * `whom`: all, those of a role, of a group, or one person; `name` is the role, the group, or
 * that person's e-mail. `shared`: one budget for all of them, else one for each. `limit` is in
 * micro-dollars, tokens, requests, or answers at once, which have the period `ever`. `models` is a
 * pattern for connection/model; `hard` False only warns.
 */
export interface BudgetRuleInput {
  whom: "everyone" | "role" | "group" | "person";
  name?: string | null;
  shared: boolean;
  limit: number;
  unit: "USD" | "tokens" | "requests" | "answers";
  period: "minute" | "hour" | "day" | "week" | "month" | "ever";
  models?: string;
  hard?: boolean;
}
/**
 * `whom`: all, those of a role, of a group, or one person; `name` is the role, the group, or
 * that person's e-mail. `shared`: one budget for all of them, else one for each. `limit` is in
 * micro-dollars, tokens, requests, or answers at once, which have the period `ever`. `models` is a
 * pattern for connection/model; `hard` False only warns.
 */
export interface BudgetRuleOutput {
  whom: "everyone" | "role" | "group" | "person";
  name: string | null;
  shared: boolean;
  limit: number;
  unit: "USD" | "tokens" | "requests" | "answers";
  period: "minute" | "hour" | "day" | "week" | "month" | "ever";
  models: string;
  hard: boolean;
}
/**
 * A budget in its present period. `fixed`: by the deployment's setting. `holds` False: another
 * for the same is stricter. `used`, `reserved` and `alerts` (per cents that were reached) are of a
 * shared one, `people` is of one of each; `renews_at` (ISO 8601) None: never.
 */
export interface BudgetState {
  id: string;
  text: string;
  rule: BudgetRuleOutput;
  fixed: boolean;
  holds: boolean;
  renewsAt: string | null;
  used: number | null;
  reserved: number | null;
  alerts: number[];
  people: PeoplePast | null;
}
/**
 * Of a budget of each person, how many have used 80 per cent in this period, and how many all,
 * as of their last calls. `more`: there are others beside those counted.
 */
export interface PeoplePast {
  near: number;
  over: number;
  more: boolean;
}
/**
 * How long whole answers are kept; 0: not at all. `on_request`: only of requests, and in
 * conversations, that ask for it.
 */
export interface CacheTimeInput {
  seconds: number;
  onRequest?: boolean;
}
/**
 * How long whole answers are kept; 0: not at all. `on_request`: only of requests, and in
 * conversations, that ask for it.
 */
export interface CacheTimeOutput {
  seconds: number;
  onRequest: boolean;
}
/**
 * The answer was made before, at `made_at` (ISO 8601), and kept. What it had cost is saved:
 * `saved_micros`, null where that is not known.
 */
export interface Cached {
  madeAt: string;
  savedMicros: number | null;
}
/**
 * The model is at its provider's limit, and the call waits for its turn: position 1 is the next
 * one, `seconds` are about those that it will take. Told again while it lasts, until the answer
 * begins or the call goes elsewhere. `title` is the model's name as people read it.
 */
export interface CallWaitingEvent {
  type: "call-waiting";
  model: string;
  title: string;
  position: number;
  seconds: number;
}
/**
 * Changes what is given.
 */
export interface ChangeFolder {
  requestId: string;
  folderId: string;
  name?: string | null;
  instructions?: string | null;
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
  textStart: number;
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
 * What an answer was made of and what it cost. Times in milliseconds from the request. With
 * `cached` no model was asked, and `usage` is what the answer took when it was made.
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
  leftOutIds: string[];
  summaryUsed: boolean;
  cached: Cached | null;
  wish: ("shorter" | "longer") | null;
  reasoningMs: number | null;
}
/**
 * What went wrong, as an error has it: `status` is a callable status. `details` are not there
 * where it was stored without.
 */
export interface Problem {
  status: string;
  message: string;
  details: ErrorDetails | null;
}
/**
 * One turn. `model` is `connection/model`.
 *
 * - `ask`: a question at the end of the branch. `new_conversation` creates the conversation under
 *   the id given, in `folder_id`; without it a conversation that is not there answers NOT_FOUND.
 * - `edit`: `text` instead of the question `message_id`, on a branch of its own.
 * - `answer`: another answer to the question `message_id`, on a branch of its own.
 * - `continue`: goes on with the incomplete answer `message_id`.
 *
 * `branch_id` is where the message is stored. `comparing`: on `ask`, the same question goes to
 * further models; on `answer`, this is one of them.
 *
 * `cache`: whether an answer that was made before may do, where the workspace keeps them; None
 * leaves it to the conversation. An `answer`, a `continue` and what is compared are always made
 * anew.
 *
 * `wish`: what an `answer` is to be, beside those that are there. A `continue` keeps that of the
 * answer that it goes on with.
 */
export interface ChatRequest {
  requestId: string;
  conversationId: string;
  newConversation?: boolean;
  folderId?: string | null;
  branchId?: string | "main";
  action?: "ask" | "edit" | "answer" | "continue";
  messageId?: string | null;
  text?: string | null;
  model: string;
  comparing?: boolean;
  cache?: boolean | null;
  wish?: ("shorter" | "longer") | null;
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
 * Ends a comparison: `message_id` is its question, `branch_id` the branch that is gone on
 * with. The other answers stay as branches.
 */
export interface ChooseAnswer {
  requestId: string;
  conversationId: string;
  messageId: string;
  branchId: string | "main";
}
/**
 * Changes what is given. `instructions` go before every question here, "" removes them;
 * `fallbacks` are asked when the chosen model fails, in their order; `summarise`: what no longer
 * fits a model is summed up for it; `cache`: answers that were made before may do, where the
 * workspace keeps them.
 */
export interface ConfigureConversation {
  requestId: string;
  conversationId: string;
  instructions?: string | null;
  fallbacks?: string[] | null;
  summarise?: boolean | null;
  cache?: boolean | null;
}
/**
 * `state` says why a connection offers nothing: no key, or away; `message` and `details` say
 * more, as an error has them. `health` is not ok where all of the connection is affected.
 */
export interface ConnectionSummary {
  id: string;
  name: string;
  state: "ready" | "not-configured" | "away";
  message: string | null;
  details: ErrorDetails | null;
  health: ModelHealth;
}
/**
 * How a model or a connection does, as the calls of the last minutes found it. Times in ISO
 * 8601: `until` is when it is asked again.
 */
export interface ModelHealth {
  state: "ok" | "trouble" | "limited";
  since: string | null;
  until: string | null;
}
/**
 * `changed_at` is RFC 3339; a document whose `changedAt` or `updatedAt` is that time or a later
 * one has the change.
 */
export interface ConversationChanged {
  conversationId: string;
  title: string;
  state: string;
  changedAt: string;
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
 * A folder under an id that the caller made. One that was deleted comes back under its old id,
 * with the conversations that were in it. `instructions` go before those of a conversation.
 */
export interface CreateFolder {
  requestId: string;
  folderId: string;
  name: string;
  instructions?: string;
}
/**
 * `days` until it expires. `models` are patterns for connection/model, None: all that the
 * person may ask. The same request twice makes one key, whose secret is told once.
 */
export interface CreateKey {
  requestId: string;
  name: string;
  days?: number;
  budget?: KeyBudget | null;
  models?: string[] | null;
}
/**
 * `token` is the whole key. It is stored nowhere, and told only here.
 */
export interface CreatedKey {
  key: KeyView;
  token: string;
}
/**
 * One number of one person's sums. `ledger` is what it should be.
 */
export interface DayDifference {
  ownerId: string;
  model: string;
  feature: string;
  keyId: string | null;
  name: string;
  ledger: number;
  stored: number;
}
/**
 * Hides it at once; it is gone for good after ten minutes unless restored.
 */
export interface DeleteConversation {
  requestId: string;
  conversationId: string;
}
/**
 * Its conversations stay.
 */
export interface DeleteFolder {
  folderId: string;
}
/**
 * Hides them at once; they are gone for good after ten minutes unless restored.
 */
export interface DeleteSeveral {
  requestId: string;
  /**
   * @minItems 1
   * @maxItems 100
   */
  conversationIds: string[];
}
/**
 * An operation that needs or gives nothing.
 */
export interface Empty {}
/**
 * Of an operation: by how many people, how often.
 */
export interface FeatureUse {
  name: string;
  people: number;
  times: number;
}
/**
 * `median_seconds` is of a session; null: there was none. `complete` false: there is more than
 * can be read at once, and the older part is missing. Reports are the newest, whatever their
 * day.
 */
export interface Feedback {
  ratings: ModelRatings[];
  people: number;
  sessions: number;
  medianSeconds: number | null;
  features: FeatureUse[];
  complete: boolean;
  reports: Report[];
}
/**
 * `reasons` are counts.
 */
export interface ModelRatings {
  model: string;
  good: number;
  bad: number;
  reasons: {
    [k: string]: number;
  };
}
/*
 */
export interface Report {
  reportedAt: string;
  name: string | null;
  email: string | null;
  text: string;
  page: string | null;
  browser: string | null;
  version: string | null;
  problems: string[];
  answer: string | null;
}
/**
 * A field of a request, what is wrong with it in English, and of which kind that is; `limit` is
 * the most or the least that it may be.
 */
export interface FieldProblem {
  field: string;
  problem: string;
  kind: "missing" | "unknown" | "too-short" | "too-long" | "too-small" | "too-large" | "invalid";
  limit: number | null;
}
/**
 * Micro-dollars and tokens; None is what a report does not tell.
 */
export interface Figures {
  micros: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
}
/*
 */
export interface FileContent {
  type: "file";
  file: FileData;
}
/**
 * `file_data` is a base64 data URL.
 */
export interface FileData {
  file_data: string;
  filename?: string | null;
}
/**
 * `changed_at` is RFC 3339; a document whose `changedAt` is that time or a later one has the
 * change.
 */
export interface FolderChanged {
  folderId: string;
  name: string;
  changedAt: string;
}
/*
 */
export interface FolderDeleted {
  folderId: string;
}
/**
 * Copies into a new conversation: the `path` up to a message, the `subtree` (that path and all
 * that follows from the message), or `all`.
 */
export interface ForkConversation {
  requestId: string;
  conversationId: string;
  newConversationId: string;
  scope: "path" | "subtree" | "all";
  messageId: string;
}
/*
 */
export interface FunctionDefinition {
  name: string;
  description?: string;
  parameters?: {
    [k: string]: JsonValue;
  };
  strict?: boolean | null;
}
/*
 */
export interface FunctionTool {
  type: "function";
  function: FunctionDefinition;
}
/*
 */
export interface ImageContent {
  type: "image_url";
  image_url: ImageUrl;
}
/**
 * `url` is https or a base64 data URL.
 */
export interface ImageUrl {
  url: string;
  detail?: ("auto" | "low" | "high") | null;
}
/*
 */
export interface JsonObjectFormat {
  type: "json_object";
}
/*
 */
export interface JsonSchemaDefinition {
  name?: string;
  description?: string | null;
  schema: {
    [k: string]: JsonValue;
  };
  strict?: boolean | null;
}
/*
 */
export interface JsonSchemaFormat {
  type: "json_schema";
  json_schema: JsonSchemaDefinition;
}
/**
 * `allowed`: keys work in this workspace. `most` is how many a person can have.
 */
export interface KeyList {
  keys: KeyView[];
  allowed: boolean;
  most: number;
}
/**
 * `after` is the last key of the page before.
 */
export interface ListAllKeys {
  after?: string | null;
}
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
  health: ModelHealth;
}
/**
 * Micro-dollars a million tokens; `second_micros` a second, where time is charged instead.
 */
export interface ModelPrice {
  inputMicros: number;
  outputMicros: number;
  secondMicros: number;
  source: string;
  asOf: string | null;
}
/**
 * Into a folder; null takes it out of the one that it is in.
 */
export interface MoveConversation {
  requestId: string;
  conversationId: string;
  folderId: string | null;
}
/**
 * `before` is another entry, or null for the end.
 */
export interface MoveQueueEntry {
  conversationId: string;
  entryId: string;
  before: string | null;
}
/**
 * Into a folder; null takes each out of the one that it is in.
 */
export interface MoveSeveral {
  requestId: string;
  /**
   * @minItems 1
   * @maxItems 100
   */
  conversationIds: string[];
  folderId: string | null;
}
/*
 */
export interface NameKeys {
  /**
   * @maxItems 100
   */
  keyIds: string[];
}
/*
 */
export interface NamedFunction {
  name: string;
}
/*
 */
export interface NamedKey {
  id: string;
  name: string;
  revoked: boolean;
  owner: NamedPerson;
}
/**
 * Those that are the caller's, or for an administrator anybody's; others are left out.
 */
export interface NamedKeys {
  keys: NamedKey[];
}
/*
 */
export interface NamedTool {
  type: "function";
  function: NamedFunction;
}
/**
 * The time that the app was on the screen, and how often each operation was called.
 */
export interface NoteSession {
  requestId: string;
  seconds: number;
  used?: {
    /**
     * This interface was referenced by `undefined`'s JSON-Schema definition
     * via the `patternProperty` "^[A-Za-z.]{1,60}$".
     */
    [k: string]: number;
  };
}
/**
 * Makes a branch the one that is shown, on every device.
 */
export interface OpenBranch {
  requestId: string;
  conversationId: string;
  branchId: string | "main";
}
/**
 * A pinned message is always among what a model is sent, as far as there is room.
 */
export interface PinMessage {
  requestId: string;
  conversationId: string;
  messageId: string;
  pinned: boolean;
}
/**
 * What administrators have decided; None leaves it to the deployment's setting. `keys`: those
 * that people make for programs work. `summaries` of long conversations are made at once, or in
 * batches, where their models cost half in one.
 */
export interface PolicyRulesInput {
  /**
   * @maxItems 50
   */
  budgets: BudgetRuleInput[];
  unknownPrice?: UnknownPrice | null;
  cache?: CacheTimeInput | null;
  keys?: boolean;
  summaries?: "at-once" | "batch";
}
/**
 * Micro-dollars that an attempt at a model of unknown price is charged; None: it is refused
 * where dollars are counted.
 */
export interface UnknownPrice {
  micros: number | null;
}
/**
 * What administrators have decided; None leaves it to the deployment's setting. `keys`: those
 * that people make for programs work. `summaries` of long conversations are made at once, or in
 * batches, where their models cost half in one.
 */
export interface PolicyRulesOutput {
  /**
   * @maxItems 50
   */
  budgets: BudgetRuleOutput[];
  unknownPrice: UnknownPrice | null;
  cache: CacheTimeOutput | null;
  keys: boolean;
  summaries: "at-once" | "batch";
}
/**
 * `rules` is what was saved, `setting` what the deployment says of the same; `budgets` has
 * those of both. `changed_by` and `changed_at` (ISO 8601) tell of the last change.
 */
export interface PolicyView {
  version: number;
  rules: PolicyRulesOutput;
  setting: PolicyRulesOutput;
  budgets: BudgetState[];
  timeZone: string;
  changedBy: string | null;
  changedAt: string | null;
}
/**
 * `language`: null follows the browser. `metrics`: ratings and sessions may be counted.
 * `pinned_models` come first where a model is chosen, in the order in which they were pinned.
 */
export interface Preferences {
  theme: "light" | "dark" | "system" | "high-contrast";
  language: string | null;
  defaultModel: string | null;
  metrics: boolean;
  pinnedModels: string[];
}
/**
 * `reported_at` is RFC 3339.
 */
export interface ProblemReported {
  reportedAt: string;
}
/*
 */
export interface ToolCalledEvent {
  type: "tool-called";
  index: number;
  call: ToolCallResult;
}
/**
 * A whole tool call; `arguments` is JSON as the model wrote it. Run it only if `valid`.
 */
export interface ToolCallResult {
  id: string;
  name: string;
  arguments: string;
  valid: boolean;
}
/**
 * One request to one model of this provider. Stateless: nothing is stored, but whole answers
 * where the workspace has a cache of them. `cache` true asks for that where it is only for who
 * does; false asks past it.
 *
 * `model` is the provider's own name. `max_tokens` limits the answer, reasoning included. There
 * is one answer (`n` is 1), and whether it is streamed is decided by how the function is called.
 */
export interface ProxyRequest {
  model: string;
  /**
   * @minItems 1
   * @maxItems 2000
   */
  messages: (SystemMessage | UserMessage | AssistantMessage | ToolMessage)[];
  tools?: FunctionTool[] | null;
  tool_choice?: ("auto" | "none" | "required") | NamedTool | null;
  parallel_tool_calls?: boolean | null;
  n?: 1 | null;
  response_format?: (TextFormat | JsonObjectFormat | JsonSchemaFormat) | null;
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  stop?: string | string[] | null;
  seed?: number | null;
  frequency_penalty?: number | null;
  presence_penalty?: number | null;
  reasoning_effort?: ("none" | "minimal" | "low" | "medium" | "high") | null;
  cache?: boolean | null;
}
/*
 */
export interface SystemMessage {
  role: "system" | "developer";
  content: string | TextContent[];
}
/*
 */
export interface UserMessage {
  role: "user";
  content: string | (TextContent | ImageContent | AudioContent | FileContent)[];
}
/*
 */
export interface ToolMessage {
  role: "tool";
  tool_call_id: string;
  content: string | TextContent[];
}
/*
 */
export interface TextFormat {
  type: "text";
}
/**
 * The whole answer. `model` is what the provider says it used. With `cached` no provider was
 * asked, and `usage` is what the answer took when it was made.
 */
export interface ProxyResult {
  text: string;
  reasoning: string;
  refusal: string | null;
  toolCalls: ToolCallResult[];
  reason: "complete" | "tool_calls" | "length" | "filtered" | "refusal" | "paused" | "queued" | "incomplete";
  finishReason: string | null;
  model: string;
  usage: TokenUsage | null;
  cost: Cost;
  attempts: Attempt[];
  cached: Cached | null;
}
/**
 * `entry_id` is the id of the run that the question becomes. `started`: it does not wait.
 */
export interface QueueChanged {
  conversationId: string;
  entryId: string;
  state: "queued" | "started" | "moved" | "removed";
}
/*
 */
export interface QueueEntry {
  conversationId: string;
  entryId: string;
}
/**
 * A question that waits until the answer on its branch is written. Nothing runs there: it is
 * asked at once.
 */
export interface QueueQuestion {
  requestId: string;
  conversationId: string;
  branchId?: string | "main";
  text: string;
  model: string;
}
/*
 */
export interface QueueSubject {
  conversationId: string;
  branchId?: string | "main";
}
/**
 * `rating` null takes it back. `reasons` say why it is bad.
 */
export interface RateAnswer {
  conversationId: string;
  messageId: string;
  rating: ("good" | "bad") | null;
  /**
   * @maxItems 8
   */
  reasons?: ("wrong" | "notAsked" | "incomplete" | "tooLong" | "style" | "slow" | "harmful" | "other")[];
}
/**
 * The last days, today included.
 */
export interface ReadFeedback {
  days: number;
}
/**
 * `day` is one of the time zone TIME_ZONE. Without `repair` nothing is changed.
 */
export interface RebuildDay {
  day: string;
  repair?: boolean;
}
/**
 * `entries` of the ledger were summed. `moving` is how many sums changed meanwhile and were
 * left alone; `repaired` how many were put right. `people` are at most 100 of the differences'.
 */
export interface RebuiltDay {
  day: string;
  entries: number;
  differences: DayDifference[];
  people: NamedPerson[];
  moving: number;
  repaired: number;
}
/**
 * `text` is a provider's report as its API or its console gives it, JSON or CSV. `connection`
 * is the one that it is of, None: the provider's own.
 */
export interface ReconcileExport {
  text: string;
  connection?: string | null;
}
/**
 * One day (UTC) of one model. `difference` is ours less theirs.
 */
export interface ReconciledLine {
  day: string;
  model: string;
  ours: Figures;
  theirs: Figures;
  difference: Figures;
}
/**
 * `complete` False: the report has further pages. The last three are of all lines together.
 */
export interface Reconciliation {
  provider: "openai" | "anthropic";
  kind: "costs" | "usage";
  complete: boolean;
  lines: ReconciledLine[];
  ours: Figures;
  theirs: Figures;
  difference: Figures;
}
/*
 */
export interface RenameConversation {
  requestId: string;
  conversationId: string;
  title: string;
}
/**
 * All of it is read by the workspace's administrators, with the caller's name and e-mail.
 * `answer` is the text of an answer that the report is about.
 */
export interface ReportProblem {
  requestId: string;
  text: string;
  page?: string | null;
  browser?: string | null;
  version?: string | null;
  /**
   * @maxItems 10
   */
  problems?: string[];
  answer?: string | null;
}
/*
 */
export interface RestoreConversation {
  requestId: string;
  conversationId: string;
}
/**
 * Brings them back, within ten minutes.
 */
export interface RestoreSeveral {
  requestId: string;
  /**
   * @minItems 1
   * @maxItems 100
   */
  conversationIds: string[];
}
/*
 */
export interface RevokeKey {
  keyId: string;
}
/*
 */
export interface RevokedKey {
  keyId: string;
}
/*
 */
export interface RunStatus {
  runId: string;
  state: "running" | "complete" | "incomplete" | "stopped" | "failed";
}
/**
 * A run, by its id.
 */
export interface RunSubject {
  runId: string;
}
/**
 * `version` is the one that was read, so that nobody's changes are written over.
 */
export interface SavePolicy {
  version: number;
  rules: PolicyRulesInput;
}
/**
 * `counted` false: the caller does not want to be counted.
 */
export interface SessionNoted {
  counted: boolean;
}
/**
 * `changed_at` is RFC 3339; one of the documents whose `changedAt` is that time or a later one
 * has the change.
 */
export interface SeveralChanged {
  conversationIds: string[];
  changedAt: string;
}
/**
 * What the caller is in this workspace: an administrator may call what others may not.
 */
export interface Standing {
  role: "admin" | "member" | "guest";
}
/**
 * Days of TIME_ZONE from the first to the last, both included, at most 93. What is named beside
 * them narrows the sums, None: all. A provider is the part of a model's name before the slash, a
 * key is named by its id, and `none` is what was used without one.
 */
export interface SummarizeUsage {
  firstDay: string;
  lastDay: string;
  by: "day" | "person" | "model" | "provider" | "feature" | "key";
  person?: string | null;
  model?: string | null;
  provider?: string | null;
  feature?: string | null;
  key?: string | null;
}
/**
 * Fields left out stay as they are.
 */
export interface UpdatePreferences {
  theme?: ("light" | "dark" | "system" | "high-contrast") | null;
  language?: string | null;
  defaultModel?: string | null;
  metrics?: boolean | null;
  pinnedModels?: string[] | null;
}
/**
 * `key` is a day, the id of a person or of a key, or a name.
 */
export interface UsageGroup {
  calls: number;
  requests: number;
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  reasoningTokens: number;
  micros: number;
  estimatedMicros: number;
  cacheHits: number;
  savedMicros: number;
  key: string;
}
/**
 * At most 100 groups, the last days or the dearest first; `others` has the rest, `other_groups`
 * of them. All that was settled until `as_of` (ISO 8601) is in it. `looked_up` calls were looked
 * for in the cache. `models` and `features` are those of the period, whatever was asked for;
 * `people` are those of the groups and of the request.
 */
export interface UsageSummary {
  asOf: string;
  groups: UsageGroup[];
  others: UsageSums;
  otherGroups: number;
  total: UsageSums;
  lookedUp: number;
  models: string[];
  features: string[];
  people: NamedPerson[];
}
/**
 * As a day of usage has them: micro-dollars, tokens, counts.
 */
export interface UsageSums {
  calls: number;
  requests: number;
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  reasoningTokens: number;
  micros: number;
  estimatedMicros: number;
  cacheHits: number;
  savedMicros: number;
}
/**
 * The summary in a person's own words; null removes it, and the next one begins anew.
 */
export interface WriteSummary {
  requestId: string;
  conversationId: string;
  text: string | null;
}

export interface Operations {
  "anthropic": { input: ProxyRequest; output: ProxyResult; event: ProxyEvent };
  "budgets.list": { input: Empty; output: BudgetList; event: never };
  "chat": { input: ChatRequest; output: ChatResult; event: ChatEvent };
  "conversations.choose": { input: ChooseAnswer; output: ConversationChanged; event: never };
  "conversations.configure": { input: ConfigureConversation; output: ConversationChanged; event: never };
  "conversations.create": { input: CreateConversation; output: ConversationChanged; event: never };
  "conversations.delete": { input: DeleteConversation; output: ConversationChanged; event: never };
  "conversations.deleteSeveral": { input: DeleteSeveral; output: SeveralChanged; event: never };
  "conversations.fork": { input: ForkConversation; output: ConversationChanged; event: never };
  "conversations.move": { input: MoveConversation; output: ConversationChanged; event: never };
  "conversations.moveSeveral": { input: MoveSeveral; output: SeveralChanged; event: never };
  "conversations.openBranch": { input: OpenBranch; output: ConversationChanged; event: never };
  "conversations.pin": { input: PinMessage; output: ConversationChanged; event: never };
  "conversations.rename": { input: RenameConversation; output: ConversationChanged; event: never };
  "conversations.restore": { input: RestoreConversation; output: ConversationChanged; event: never };
  "conversations.restoreSeveral": { input: RestoreSeveral; output: SeveralChanged; event: never };
  "conversations.writeSummary": { input: WriteSummary; output: ConversationChanged; event: never };
  "feedback.noteSession": { input: NoteSession; output: SessionNoted; event: never };
  "feedback.rate": { input: RateAnswer; output: AnswerRated; event: never };
  "feedback.read": { input: ReadFeedback; output: Feedback; event: never };
  "feedback.report": { input: ReportProblem; output: ProblemReported; event: never };
  "folders.change": { input: ChangeFolder; output: FolderChanged; event: never };
  "folders.create": { input: CreateFolder; output: FolderChanged; event: never };
  "folders.delete": { input: DeleteFolder; output: FolderDeleted; event: never };
  "keys.create": { input: CreateKey; output: CreatedKey; event: never };
  "keys.list": { input: Empty; output: KeyList; event: never };
  "keys.listAll": { input: ListAllKeys; output: AllKeys; event: never };
  "keys.names": { input: NameKeys; output: NamedKeys; event: never };
  "keys.revoke": { input: RevokeKey; output: RevokedKey; event: never };
  "mistral": { input: ProxyRequest; output: ProxyResult; event: ProxyEvent };
  "models.list": { input: Empty; output: ModelList; event: never };
  "ollama": { input: ProxyRequest; output: ProxyResult; event: ProxyEvent };
  "openai": { input: ProxyRequest; output: ProxyResult; event: ProxyEvent };
  "people.standing": { input: Empty; output: Standing; event: never };
  "people.updatePreferences": { input: UpdatePreferences; output: Preferences; event: never };
  "policy.get": { input: Empty; output: PolicyView; event: never };
  "policy.save": { input: SavePolicy; output: PolicyView; event: never };
  "queue.add": { input: QueueQuestion; output: QueueChanged; event: never };
  "queue.move": { input: MoveQueueEntry; output: QueueChanged; event: never };
  "queue.remove": { input: QueueEntry; output: QueueChanged; event: never };
  "queue.send": { input: QueueSubject; output: QueueChanged; event: never };
  "runs.recover": { input: RunSubject; output: RunStatus; event: never };
  "runs.stop": { input: RunSubject; output: RunStatus; event: never };
  "usage.rebuild": { input: RebuildDay; output: RebuiltDay; event: never };
  "usage.reconcile": { input: ReconcileExport; output: Reconciliation; event: never };
  "usage.summarize": { input: SummarizeUsage; output: UsageSummary; event: never };
}

/** Why something failed: the parameters of each reason. */
export interface Reasons {
  "internal": { correlationId: string };
  "invalid-fields": { fields: FieldProblem[] };
  "request-malformed": {  };
  "request-too-large": { most: number };
  "request-too-many-values": {  };
  "request-with-nul": {  };
  "no-such-operation": {  };
  "administrators-only": {  };
  "signed-out": {  };
  "sign-in-over": {  };
  "sign-in-unchecked": {  };
  "not-the-app": {  };
  "account-gone": {  };
  "account-unchecked": {  };
  "names-unknown": {  };
  "database-away": {  };
  "not-a-task": {  };
  "request-id-reused": {  };
  "contended": {  };
  "setting-wrong": {  };
  "key-may-not": {  };
  "key-unknown": {  };
  "key-gone": {  };
  "key-revoked": {  };
  "key-expired": {  };
  "key-missing": {  };
  "key-not-for-model": { model: string };
  "key-made-already": {  };
  "keys-full": { most: number };
  "keys-off": {  };
  "keys-not-for-guests": {  };
  "conversation-missing": {  };
  "conversation-id-used": {  };
  "id-used": {  };
  "folder-missing": {  };
  "folders-full": { most: number };
  "message-missing": {  };
  "question-missing": {  };
  "answer-missing": {  };
  "branch-missing": {  };
  "branches-full": { most: number };
  "pins-full": { most: number };
  "nothing-summed-up": {  };
  "too-long-to-copy": { count: number; most: number };
  "question-too-long": { needed: number; room: number; fields: FieldProblem[] };
  "run-missing": {  };
  "run-active": { runId: string };
  "run-lost": {  };
  "run-restarted": {  };
  "run-broken": {  };
  "answer-complete": {  };
  "answer-not-last": {  };
  "answer-too-long": {  };
  "answer-not-stored": {  };
  "conversation-deleted": {  };
  "answer-empty": {  };
  "answer-at-limit": {  };
  "answer-filtered": {  };
  "answer-paused": {  };
  "answer-queued": {  };
  "answer-cut": {  };
  "comparison-full": { most: number };
  "not-a-comparison": {  };
  "queue-full": { most: number };
  "queue-empty": {  };
  "not-waiting": {  };
  "answered-already": {  };
  "model-missing": { model: string };
  "model-limited": { model: string; seconds: number };
  "model-in-trouble": { model: string; since: number };
  "model-rests": { model: string; since: number; seconds: number };
  "connection-without-key": { connection: string; secret: string };
  "connection-without-local-key": { connection: string; secret: string };
  "connection-without-address": { connection: string };
  "unsupported": { feature: string };
  "request-contradictory": {  };
  "too-many-to-embed": { most: number };
  "text-not-to-embed": { most: number };
  "call-stopped": {  };
  "late-first-token": {  };
  "late-idle": {  };
  "late-total": {  };
  "provider-key-refused": {  };
  "provider-key-without-access": {  };
  "provider-quota": {  };
  "provider-limit": {  };
  "provider-busy": {  };
  "provider-without-model": {  };
  "provider-without-memory": {  };
  "provider-without-feature": { feature: string };
  "provider-context": {  };
  "provider-filter": {  };
  "provider-rejected": {  };
  "provider-address": {  };
  "provider-unreachable": {  };
  "provider-broke": {  };
  "provider-silent": {  };
  "provider-unclear": {  };
  "budget-used-up": { budget: BudgetRefusal };
  "answers-at-once": { budget: BudgetRefusal };
  "budget-contended": {  };
  "ledger-not-written": {  };
  "price-unknown": { title: string; model: string };
  "policy-changed": { name: string; version: number };
  "policy-changed-by-somebody": { version: number };
  "policy-away": {  };
  "days-wrong": { most: number };
  "sums-not-made": {  };
  "sums-being-made": {  };
  "sums-too-many": {  };
  "day-too-large": { day: string; most: number };
  "entries-too-many": { most: number };
  "report-days": { most: number };
  "report-sums": { most: number };
  "report-rows": { most: number; fields: FieldProblem[] };
  "report-currency": { line: number; fields: FieldProblem[] };
  "report-page-currency": { page: string; fields: FieldProblem[] };
  "report-not-json": { line: number; fields: FieldProblem[] };
  "report-unreadable": { fields: FieldProblem[] };
  "report-page": { page: string; fields: FieldProblem[] };
  "report-no-buckets": { fields: FieldProblem[] };
  "report-not-csv": { line: number; fields: FieldProblem[] };
  "report-columns": { line: number; found: number; wanted: number; fields: FieldProblem[] };
  "report-column-twice": { fields: FieldProblem[] };
  "report-unknown": { fields: FieldProblem[] };
  "report-no-time": { line: number; fields: FieldProblem[] };
  "report-no-amount": { line: number; fields: FieldProblem[] };
  "report-no-count": { line: number; fields: FieldProblem[] };
  "report-no-date": { line: number; fields: FieldProblem[] };
}

export type ErrorDetails = {
  [Name in keyof Reasons]: { reason: Name } & Reasons[Name];
}[keyof Reasons];

/** The function that an operation is in, and the seconds that it may take. */
export interface Place {
  function: string;
  timeout: number;
}

export const usualPlace: Place = { function: "api", timeout: 60 };

/** Those that are elsewhere, or may take another time. */
export const otherPlaces: { [Name in keyof Operations]?: Place } = {
  "anthropic": { function: "anthropic", timeout: 300 },
  "chat": { function: "chat", timeout: 300 },
  "mistral": { function: "mistral", timeout: 300 },
  "ollama": { function: "ollama", timeout: 300 },
  "openai": { function: "openai", timeout: 300 },
};

