/** Where this build of the app finds its back end. Known at run time only: one build serves every project. */
export interface Configuration {
  projectId: string;
  apiKey: string;
  authDomain: string;
  /** Address under which the functions lie: `<functions>/<name>`. */
  functions: string;
  emulators: { auth: string; firestore: { host: string; port: number } } | null;
}

interface LocalConfiguration {
  projectId: string;
  apiKey: string;
  functions: string;
  auth: string;
  firestore: { host: string; port: number };
}

interface HostingConfiguration {
  projectId: string;
  apiKey: string;
}

const region = "us-central1";
export const isLocal = import.meta.env.MODE === "emulator";

async function fetchJson<T>(address: string): Promise<T> {
  const response = await fetch(address, { cache: "no-store" });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return (await response.json()) as T;
}

export async function loadConfiguration(): Promise<Configuration> {
  if (isLocal) {
    const local = await fetchJson<LocalConfiguration>("/config.json");
    return {
      projectId: local.projectId,
      apiKey: local.apiKey,
      authDomain: location.host,
      functions: local.functions,
      emulators: { auth: local.auth, firestore: local.firestore },
    };
  }
  const hosting = await fetchJson<HostingConfiguration>("/__/firebase/init.json");
  return {
    projectId: hosting.projectId,
    apiKey: hosting.apiKey,
    // Hosting serves Google's sign-in handler under this origin: no third-party frame or cookie.
    authDomain: location.host,
    functions: `https://${region}-${hosting.projectId}.cloudfunctions.net`,
    emulators: null,
  };
}
