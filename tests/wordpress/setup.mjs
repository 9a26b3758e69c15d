// A real WordPress as a host: Debian's package with its default theme, PHP's own server and a MariaDB that lives for one run.
// What is installed and unpacked stays under target/wordpress; database, socket and processes go when the run ends.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const home = path.resolve(here, "../../target/wordpress");
const site = path.join(home, "unpacked/usr/share/wordpress");

/** Not on the path of every user. */
const MARIADB = "/usr/sbin/mariadbd";

/** What runs. The server without its service: nothing starts by itself. */
const INSTALLED = ["php-cli", "php-mysql", "mariadb-server-core"];

/** What is only unpacked, so that no web server comes with it. The last three are the targets of links in the first. */
const UNPACKED = ["wordpress", "wordpress-theme-twentytwentythree", "libjs-underscore", "libjs-cropper", "php-getid3"];

const isRoot = process.getuid?.() === 0;
const succeeds = (program, ...rest) => spawnSync(program, rest, { stdio: "ignore" }).status === 0;

/** Runs a program to its end and gives what it prints; anything but success is an error that names it. */
function run(program, list, { complaint = `"${program}" failed`, ...options } = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, list, { encoding: "utf8", ...options });
  assert.equal(status, 0, `${complaint}: ${error ?? stderr + stdout}`);
  return stdout;
}

/** Installs the packages of Debian where that can be done without a question. */
function install() {
  const complaint = `WordPress needs Debian's packages ${INSTALLED.join(", ")}; install them yourself`;
  assert.ok(succeeds("apt-get", "--version"), `${complaint}: there is no apt-get`);
  const sudo = isRoot ? [] : ["sudo", "-n"];
  assert.ok(isRoot || succeeds("sudo", "-n", "true"), `${complaint}: that needs the rights of root`);
  for (const list of [["update"], ["install", "-y", "--no-install-recommends", ...INSTALLED]]) {
    const [program, ...rest] = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...list];
    run(program, rest, { complaint });
  }
}

/** Fetches and unpacks WordPress; the folder appears only when it is whole. */
function unpack() {
  const staging = path.join(home, "staging");
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  run("apt-get", ["download", ...(isRoot ? ["-o", "APT::Sandbox::User=root"] : []), ...UNPACKED], {
    cwd: staging,
    complaint: 'the packages of WordPress cannot be had (does "apt-get update" help?)',
  });
  for (const file of readdirSync(staging)) {
    run("dpkg-deb", ["--extract", path.join(staging, file), path.join(staging, "tree")]);
  }
  renameSync(path.join(staging, "tree"), path.join(home, "unpacked"));
  rmSync(staging, { recursive: true });
}

/** Everything that outlasts a run. */
function prepare(dist) {
  const ready = succeeds("php", "-r", "exit(extension_loaded('mysqli') ? 0 : 1);") && succeeds(MARIADB, "--no-defaults", "--version");
  if (!ready) install();
  if (!existsSync(site)) unpack();
  copyFileSync(path.join(here, "wp-config.php"), path.join(site, "wp-config.php"));
  const files = path.join(site, "delineate");
  rmSync(files, { recursive: true, force: true });
  symlinkSync(dist, files);
}

/** Starts a program that ends with this one, however this one ends; resolves to what its output holds when it is ready. */
function start(processes, ready, program, list, env) {
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", program, ...list], {
    cwd: site,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  processes.push({ child, ended });
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        const found = output.match(ready);
        if (found) resolve(found[0]);
      });
    }
    child.once("error", reject);
    ended.then((code) => reject(new Error(`"${program}" ended with ${code} before it was ready: ${output}`)));
  });
}

/**
 * Serves a new WordPress with these pages ({slug, title, role, content}) and the files of the check under /delineate/. Resolves to its
 * address, what WordPress kept of each page's content, and a way to stop, which leaves nothing of the run.
 */
export async function wordpress({ dist, pages }) {
  prepare(path.resolve(dist));
  // The path of a socket may have about a hundred bytes, which a project's folder can exceed.
  const folder = mkdtempSync(path.join(os.tmpdir(), "delineate-"));
  const processes = [];
  const stop = async () => {
    for (const { child } of processes) child.kill("SIGKILL");
    await Promise.all(processes.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ["SIGINT", "SIGTERM"]) {
    // More than once, as a group of processes may hear a signal twice.
    process.on(signal, async () => {
      await stop();
      process.exit(1);
    });
  }
  try {
    const socket = path.join(folder, "socket");
    const data = path.join(folder, "data");
    mkdirSync(data);
    // Without a network and in a folder of this user alone, the database needs no accounts.
    const database = [
      "--no-defaults", `--datadir=${data}`, `--socket=${socket}`, "--skip-networking", "--skip-grant-tables",
      "--innodb-flush-log-at-trx-commit=0", ...(isRoot ? ["--user=root"] : []),
    ];
    await start(processes, /ready for connections/, MARIADB, database);
    const env = { WORDPRESS_SOCKET: socket };
    const address = await start(processes, /http:\/\/127\.0\.0\.1:\d+/, "php", ["-S", "127.0.0.1:0", "-t", site, path.join(here, "router.php")], env);
    const kept = run("php", [path.join(here, "install.php"), site], {
      input: JSON.stringify(pages),
      env: { ...process.env, ...env, WORDPRESS_ADDRESS: address },
      complaint: "WordPress could not be installed",
    });
    return { address: `${address}/`, kept: JSON.parse(kept), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
