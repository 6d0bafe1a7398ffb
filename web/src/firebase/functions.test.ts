import { httpsCallable } from "firebase/functions";
import { beforeEach, expect, it, vi } from "vitest";

import { startPlatform } from "./app";
import { call, callStreamed } from "./functions";

vi.mock("./app", () => ({ startPlatform: vi.fn() }));
vi.mock("firebase/functions", () => ({
  FunctionsError: class extends Error {},
  getFunctions: vi.fn(),
  httpsCallable: vi.fn(),
}));

const getIdToken = vi.fn<() => Promise<string>>();

beforeEach(() => {
  vi.clearAllMocks();
  const auth = { authStateReady: () => Promise.resolve(), currentUser: { getIdToken } };
  vi.mocked(startPlatform).mockResolvedValue({ app: {}, auth, configuration: {} } as never);
});

it("goes out with a token that still holds", async () => {
  getIdToken.mockResolvedValue("token");
  vi.mocked(httpsCallable).mockReturnValue((() => Promise.resolve({ data: 1 })) as never);
  expect(await call("api/models.list", {}, 1000)).toBe(1);
  expect(getIdToken).toHaveBeenCalledOnce();
});

it("does not go out without the token that could not be renewed", async () => {
  const away = new Error("auth/network-request-failed");
  getIdToken.mockRejectedValue(away);
  await expect(call("api/models.list", {}, 1000)).rejects.toBe(away);
  await expect(callStreamed("chat", {}, new AbortController().signal)).rejects.toBe(away);
  expect(httpsCallable).not.toHaveBeenCalled();
});
