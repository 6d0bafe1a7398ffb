/** What the build tells the service worker of the app. */
export interface Shell {
  /** Another one whenever a file, or a header that it comes with, is another. */
  version: string;
  /** Paths of all that is there before anything is asked for. */
  files: readonly string[];
  /** Paths of what is kept of the language that is spoken here, by language. */
  catalogues: Readonly<Record<string, string>>;
  /** Path of what says where the back end is. */
  configuration: string;
}
