import { create } from "zustand";

/** What was changed and is not saved yet, of each id; kept while something else is shown. */
interface Unsaved<Draft> {
  use: (id: string) => Draft;
  read: (id: string) => Draft;
  write: (id: string, change: Draft) => void;
  drop: (id: string) => void;
  forgetAll: () => void;
}

/** `untouched` is the draft of what nobody has changed. */
export function unsaved<Draft extends object>(untouched: Draft): Unsaved<Draft> {
  const useDrafts = create<Readonly<Record<string, Draft>>>(() => ({}));
  return {
    use: (id) => useDrafts((drafts) => drafts[id] ?? untouched),
    read: (id) => useDrafts.getState()[id] ?? untouched,
    write: (id, change) =>
      useDrafts.setState(({ [id]: draft }) => ({ [id]: { ...draft, ...change } })),
    drop: (id) => useDrafts.setState(({ [id]: _dropped, ...drafts }) => drafts, true),
    forgetAll: () => useDrafts.setState({}, true),
  };
}
