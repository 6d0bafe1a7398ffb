/** The stack's web app at an address of its own, where a test can deploy another version of it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { required } from "./environment";

export interface Site {
  address: string;
  /** From now on there is a version with this mark in its page, and the files of none before. */
  deploy: (mark: string) => void;
  close: () => Promise<void>;
}

export async function startSite(): Promise<Site> {
  let mark: string | null = null;
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? "/";
      const original = await fetch(new URL(path, required("COLONYCRAFT_WEB")));
      const type = original.headers.get("content-type") ?? "";
      const policy = original.headers.get("content-security-policy") ?? "";
      let body = Buffer.from(await original.arrayBuffer());
      if (mark !== null && path === "/service-worker.js") {
        body = Buffer.from(body.toString().replace(/"version":"/, `$&${mark}`));
      }
      if (mark !== null && type.startsWith("text/html")) {
        body = Buffer.from(body.toString().replace("<body>", `<body data-mark="${mark}">`));
      }
      response.writeHead(original.status, {
        "content-type": type,
        "content-security-policy": policy,
        "cache-control": "no-cache",
      });
      response.end(body);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    deploy: (next) => {
      mark = next;
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
