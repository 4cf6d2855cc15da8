// Starts an offline IPFS node with the Kubo RPC and a gateway on loopback ports, prints one line of JSON
// { api, gateway, version } and runs until SIGTERM, SIGINT or the end of standard input.
//   node start.mjs REPO_FOLDER [API_PORT GATEWAY_PORT]      ports default to free ones
import { createServer } from 'node:net'
import { rm } from 'node:fs/promises'

// Libraries below expect it; Node 20 does not have it yet.
Promise.withResolvers ??= function () {
  let resolve, reject
  const promise = new Promise((_resolve, _reject) => { resolve = _resolve; reject = _reject })
  return { promise, resolve, reject }
}

const { create } = await import('ipfs-core')
const { HttpApi } = await import('ipfs-http-server')
const { HttpGateway } = await import('ipfs-http-gateway')

async function freePort () {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

const [repo, apiPort, gatewayPort] = process.argv.slice(2)
if (!repo) throw new Error('usage: node start.mjs REPO_FOLDER [API_PORT GATEWAY_PORT]')
const api = Number(apiPort) || await freePort()
const gateway = Number(gatewayPort) || await freePort()

const node = await create({
  repo,
  offline: true,
  silent: true,
  config: {
    Addresses: { Swarm: [], API: `/ip4/127.0.0.1/tcp/${api}`, Gateway: `/ip4/127.0.0.1/tcp/${gateway}` },
    Bootstrap: [],
    Discovery: { MDNS: { Enabled: false }, webRTCStar: { Enabled: false } }
  }
})
const servers = [new HttpApi(node), new HttpGateway(node)]
for (const server of servers) await server.start()

let stopping = false
async function stop () {
  if (stopping) return
  stopping = true
  for (const server of servers) await server.stop()
  await node.stop()
  await rm(`${repo}/api`, { force: true })
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
if (!process.stdin.isTTY) process.stdin.on('end', stop).resume()

const { version } = await node.version()
console.log(JSON.stringify({ api: `http://127.0.0.1:${api}`, gateway: `http://127.0.0.1:${gateway}`, version }))
