/**
 * In place of the package `long`, which protobufjs (under the Chime SDK) takes where it is there. It tries WebAssembly as it loads, which our policy refuses and
 * Firefox then reports. Without it 64-bit fields are numbers, as the SDK expects of them: it compares `ingestTimeNs` with 0, which is how it knows throttling.
 */
export default null;
