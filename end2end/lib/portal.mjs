// Starts a portal of its own for a spec, on a free port and with an empty database.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../target/debug/callboard", import.meta.url));

/** A folder that is there as long as the spec runs. */
export function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), "callboard-portal-"));
  return {
    path,
    /** Writes a file and returns its path. */
    write(name, text) {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A port that was free just now, for a configuration that has to name the portal's own address. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts the portal on a configuration file; the result has its address and a way to stop it.
 * Options are the `port`, or else a free one, more `args` and more of the environment in `env`.
 */
export async function startPortal(config, data, { port = 0, args = [], env = {} } = {}) {
  const binary = process.env.CALLBOARD_BINARY ?? built;
  const listen = ["--listen", `127.0.0.1:${port}`];
  const child = spawn(binary, ["serve", "--config", config, "--data", data, ...listen, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  const log = [];
  const address = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (status) => reject(new Error(`the portal ended with ${status}:\n${log.join("\n")}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      log.push(line);
      const entry = line.startsWith("{") ? JSON.parse(line) : {};
      if (entry.message === "listening") {
        resolve(`http://127.0.0.1:${new URL(entry.url).port}`);
      }
    });
  });
  child.removeAllListeners("exit");
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    address,
    log,
    /** Whether it still runs. */
    isRunning,
    stop: () =>
      new Promise((resolve) => {
        if (!isRunning()) {
          resolve();
          return;
        }
        child.on("exit", resolve);
        child.kill("SIGTERM");
      }),
  };
}

/** Asks again and again until the answer is there; what it is, is what the function returns, unless undefined. */
export async function eventually(what, ask, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`${what} did not come within ${seconds} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
