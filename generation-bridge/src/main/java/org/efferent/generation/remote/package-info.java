/**
 * Models on inference servers that speak the <a
 * href="https://github.com/kserve/open-inference-protocol">Open Inference Protocol</a>, version 2,
 * over HTTP: KServe, Triton, MLServer and their like.
 */
package org.efferent.generation.remote;
