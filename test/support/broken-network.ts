import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a database that can be cut, as by a restart of it, or of what lies between. */
export class BrokenNetwork {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  /** bytes on which, once they were passed on to the server, the way is cut before it can answer */
  private fatal: string | undefined;

  private target: URL | undefined;

  private constructor(private port: number) {}

  static async open(): Promise<BrokenNetwork> {
    const network = new BrokenNetwork(0);
    await network.mend();
    return network;
  }

  /** The database by this way. @param url of the database, over TCP */
  through(url: string): string {
    this.target = new URL(url);
    const changed = new URL(url);
    changed.host = `127.0.0.1:${this.port.toString()}`;
    return changed.href;
  }

  async mend(): Promise<void> {
    this.fatal = undefined;
    const server = createServer((client) => this.join(client)).listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    // An address of TCP is an object.
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Every connection is lost, and none is taken. */
  async cut(): Promise<void> {
    const closed = this.server && once(this.server, 'close');
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.server = undefined;
  }

  /** The way is lost with the next `statement`, which reaches the server. */
  cutAt(statement: string): void {
    this.fatal = statement;
  }

  private join(client: Socket): void {
    if (this.target === undefined) throw new Error('nothing to be reached by this way');
    const server = connect(Number(this.target.port), this.target.hostname);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
    }
    client.on('close', () => server.end());
    server.on('close', () => client.destroy());
    server.pipe(client);
    client.on('data', (bytes) => {
      const isFatal = this.fatal !== undefined && bytes.includes(this.fatal);
      if (isFatal) {
        this.fatal = undefined;
        server.unpipe(client);
      }
      server.write(bytes, () => {
        if (isFatal) client.destroy();
      });
    });
  }
}
