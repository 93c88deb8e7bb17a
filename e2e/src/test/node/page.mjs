// One stock client, driven by its standard input: a JSON command per line in, a JSON event per line out.
//
//   node page.mjs socket|engine URL OPTIONS
//
// In:  {"emit": name, "args": [...], "ack": n?}   {"send": data}   {"disconnect": true}   {"connect": true}
// Out: {"on": name, "args": [...]}   {"ack": n, "args": [...]} or {"ack": n, "error": text}
//      and, in the same form, connect, connect_error, disconnect, upgrade, reconnect_attempt (of the library itself)
// A Buffer travels as {"$binary": base64}. An event whose sender waits for an acknowledgement is acknowledged with its
// own arguments.
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import { Socket } from 'engine.io-client';

const [kind, url, options] = process.argv.slice(2);

function packed(value) {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return { $binary: Buffer.from(value).toString('base64') };
  }
  if (Array.isArray(value)) {
    return value.map(packed);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, packed(inner)]));
  }
  return value;
}

function unpacked(value) {
  if (Array.isArray(value)) {
    return value.map(unpacked);
  }
  if (value !== null && typeof value === 'object') {
    return typeof value.$binary === 'string'
      ? Buffer.from(value.$binary, 'base64')
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unpacked(inner)]));
  }
  return value;
}

const say = (event) => process.stdout.write(JSON.stringify(event) + '\n');
const on = (name, ...args) => say({ on: name, args: packed(args) });

function socketPage() {
  const socket = io(url, JSON.parse(options));
  socket.on('connect', () => {
    on('connect', socket.io.engine.transport.name);
    socket.io.engine.once('upgrade', () => on('upgrade', socket.io.engine.transport.name));
  });
  socket.on('connect_error', (error) => on('connect_error', error.message, error.data ?? null));
  socket.on('disconnect', (reason) => on('disconnect', reason));
  socket.onAny((name, ...args) => {
    const acknowledge = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    on(name, ...args);
    acknowledge?.(...args);
  });
  return {
    emit({ emit, args, ack }) {
      if (ack === undefined) {
        socket.emit(emit, ...unpacked(args));
      } else {
        socket
          .timeout(60000)
          .emit(emit, ...unpacked(args), (error, ...answer) =>
            say(error ? { ack, error: error.message } : { ack, args: packed(answer) }),
          );
      }
    },
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
  };
}

function enginePage() {
  const socket = new Socket(url, JSON.parse(options));
  socket.on('open', () => on('connect', socket.transport.name));
  socket.on('upgrade', () => on('upgrade', socket.transport.name));
  socket.on('message', (data) => on('message', data));
  socket.on('error', (error) => on('connect_error', error.message, null));
  socket.on('close', (reason) => on('disconnect', reason));
  return { send: ({ send }) => socket.send(unpacked(send)), disconnect: () => socket.close() };
}

const page = kind === 'engine' ? enginePage() : socketPage();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const command = JSON.parse(line);
  const name = ['emit', 'send', 'connect', 'disconnect'].find((one) => one in command);
  page[name](command);
});
lines.on('close', () => process.exit(0));
