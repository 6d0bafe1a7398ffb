import { create } from "zustand";

interface OpenReport {
  isOpen: boolean;
  /** The text of the answer that it is about. */
  answer: string | null;
  /** What has been written, kept while the dialog is closed. */
  text: string;
  /** The same until it has been sent, so that a second try is no second report. */
  requestId: string;
}

const closed = (): OpenReport => ({
  isOpen: false,
  answer: null,
  text: "",
  requestId: crypto.randomUUID(),
});

export const useReport = create<OpenReport>(closed);

/** `answer` null: it is about no answer. */
export function openReport(answer: string | null): void {
  useReport.setState({ isOpen: true, answer });
}

export function closeReport(): void {
  useReport.setState({ isOpen: false });
}

/** A changed report is another one. */
export function writeReport(text: string): void {
  useReport.setState({ text, requestId: crypto.randomUUID() });
}

export function forgetReport(): void {
  useReport.setState(closed());
}
