import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path gives: a content, or whatever is done with the answer. */
export type Served = string | Uint8Array | ((response: ServerResponse) => void);

/** A server of this machine that gives files by their paths, and notes what it was asked for. */
export interface ListServer {
  /** `http://127.0.0.1:12345/`. */
  address: string;
  files: Map<string, Served>;
  asked: string[];
  close(): Promise<void>;
}

export async function startListServer(): Promise<ListServer> {
  const files = new Map<string, Served>();
  const asked: string[] = [];
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').slice(1);
    asked.push(path);
    const served = files.get(path);
    if (typeof served === 'function') served(response);
    else response.writeHead(served === undefined ? 404 : 200, { 'content-type': 'application/xml' }).end(served);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    files,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Leads on to another address. */
export const leadTo =
  (location: string): Served =>
  (response) =>
    response.writeHead(302, { location }).end();
