interface ImportMetaEnv {
  /** False where the app is built again at each edit. */
  readonly HAS_SERVICE_WORKER: boolean;
}
