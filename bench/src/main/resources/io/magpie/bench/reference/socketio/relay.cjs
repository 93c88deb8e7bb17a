// A relay that stores nothing on Node's socket.io. Prints `ready realtime=HOST:PORT`; ends when its input ends.
const http = require("node:http");
const { Server } = require("socket.io");

const server = http.createServer();
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
const users = new Map();

io.on("connection", (socket) => {
  const user = Number(socket.handshake.query.user);
  users.set(user, socket);
  socket.join("all");
  socket.on("send", (message, acknowledge) => {
    const target = users.get(message.to);
    if (target) target.emit("message", { from: user, text: message.text });
    acknowledge("ok");
  });
  socket.on("all", (message, acknowledge) => {
    socket.to("all").emit("message", { from: user, text: message.text });
    acknowledge("ok");
  });
  socket.on("disconnect", () => {
    if (users.get(user) === socket) users.delete(user);
  });
});

server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  console.log(`ready realtime=127.0.0.1:${server.address().port}`);
});
process.stdin.on("end", () => process.exit(0)).resume();
