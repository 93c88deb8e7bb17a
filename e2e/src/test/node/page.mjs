// One stock client in Node, as client.mjs says: a JSON command per line in, a JSON event per line out.
//
//   node page.mjs socket|engine URL OPTIONS
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import { Socket } from 'engine.io-client';
import { client } from './client.mjs';

const [kind, url, options] = process.argv.slice(2);
const say = (event) => process.stdout.write(JSON.stringify(event) + '\n');
const tell = client({ io, Socket }, kind, url, JSON.parse(options), say);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => tell(JSON.parse(line)));
lines.on('close', () => process.exit(0));
