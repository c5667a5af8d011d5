// A PostgreSQL with pgvector in this process, on a port of 127.0.0.1 that it prints; ends with its standard input.
// Argument: the folder that holds node_modules.
const path = require('node:path');
const load = require('node:module').createRequire(path.resolve(process.argv[2], 'x.js'));
const { PGlite } = load('@electric-sql/pglite');
const { PGLiteSocketServer } = load('@electric-sql/pglite-socket');
const { vector } = load('@electric-sql/pglite-pgvector');
process.stdin.on('end', () => process.exit(0)).resume();
(async () => {
  const db = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 4 });
  server.addEventListener('listening', (e) => console.log('port ' + e.detail.port));
  await server.start();
})();
