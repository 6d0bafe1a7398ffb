interface ImportMetaEnv {
  /** False where the app is built again at each edit. */
  readonly HAS_SERVICE_WORKER: boolean;
}

declare module "*.po" {
  import type { Messages } from "@lingui/core";

  export const messages: Messages;
}
