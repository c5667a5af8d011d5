/**
 * Models on inference servers that speak the <a
 * href="https://github.com/kserve/open-inference-protocol">Open Inference Protocol</a>, version 2,
 * over HTTP: KServe, Triton, MLServer and their like.
 *
 * <p>{@link org.efferent.generation.remote.RemoteModel} is one model, {@link
 * org.efferent.generation.remote.RemotePictures} the pictures it makes, {@link
 * org.efferent.generation.remote.RemoteOptions} and {@link
 * org.efferent.generation.remote.RetryOptions} how patient the client is. Answers are bounded in
 * size and time, whatever a server says; a {@link org.efferent.generation.remote.BearerToken} is
 * never shown.
 */
package org.efferent.generation.remote;
