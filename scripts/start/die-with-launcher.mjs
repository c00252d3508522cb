// Loaded ahead of each process that the launcher starts (plain JavaScript: no loader is there yet). When the launcher
// is gone, even by SIGKILL, the channel to it closes: the process then ends as on SIGTERM, and frees its port.
const graceMs = 5_000;

// Workers that such a process forks load this too, but their channel is to it, and theirs to keep.
if (process.env.VOUCHSAFE_LAUNCHER_PID === String(process.ppid)) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), graceMs).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.channel?.unref();
}
