"""A stand-in for the NVIDIA driver's libraries, compiled from C: the program's calls meet real foreign functions."""

import ctypes
import shutil
import subprocess

import pytest

PROTOTYPES = """
#include <stddef.h>
#include <string.h>
typedef struct { unsigned long long total, free, used; } memory_t;
"""

CUDA = (
    PROTOTYPES
    + """
int cuInit(unsigned flags) { return INIT; }
int cuDeviceGetCount(int *count) { *count = COUNT; return 0; }
int cuDeviceGet(int *device, int index) { *device = 70 + index; return index < COUNT ? 0 : 101; }
int cuDeviceGetName(char *name, int size, int device) {
    strncpy(name, device == 70 ? "Card A" : "Card B", size); return 0;
}
int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = 17179869184u; return 0; }
int cuDeviceGetAttribute(int *value, int attribute, int device) {
    *value = attribute == 75 ? 8 : attribute == 76 ? 9 : -1; return *value < 0 ? 1 : 0;
}
int cuDeviceGetUuid(unsigned char *uuid, int device) {
    for (int i = 0; i < 16; i++) uuid[i] = (device - 70) * 16 + i;
    return 0;
}
int cuDriverGetVersion(int *version) { *version = 13010; return 0; }
"""
)

NVML = (
    PROTOTYPES
    + """
static int open = 0;
int nvmlInit_v2(void) { open++; return 0; }
int nvmlShutdown(void) { open--; return 0; }
int still_open(void) { return open; }
int nvmlSystemGetDriverVersion(char *version, unsigned size) { strncpy(version, "580.65.06", size); return 0; }
int nvmlDeviceGetHandleByUUID(const char *uuid, void **handle) {
    if (strcmp(uuid, "GPU-00010203-0405-0607-0809-0a0b0c0d0e0f")) return 6;
    *handle = (void *)0x1234567890; return 0;
}
int nvmlDeviceGetMemoryInfo(void *handle, memory_t *memory) {
    if (handle != (void *)0x1234567890) return 2;
    memory->total = 17179869184u; memory->free = 8589934592u; memory->used = 1; return 0;
}
"""
)

GRAPH = (
    PROTOTYPES
    + """
static char calls[999];
static void note(const char *name) { strcat(calls, name); strcat(calls, " "); }
const char *what_was_called(void) { return calls; }
int cuStreamBeginCapture_v2(void *stream, int mode) {
    note("begin"); return stream == (void *)0x7000000042 && mode == 2 ? BEGIN : 400;
}
int cuStreamEndCapture(void *stream, void **graph) { note("end"); *graph = END ? 0 : (void *)0x55; return END; }
int cuGraphInstantiateWithFlags(void **ready, void *graph, unsigned long long flags) {
    note("ready"); *ready = (void *)0x7100000066; return graph == (void *)0x55 && !flags ? READY : 1;
}
int cuGraphDestroy(void *graph) { note("drop"); return 0; }
int cuGraphLaunch(void *ready, void *stream) {
    note("launch"); return ready == (void *)0x7100000066 && stream == (void *)0x7000000042 ? 0 : 400;
}
int cuGraphExecDestroy(void *ready) { note("free"); return 0; }
"""
)


def library(folder, source, **values):
    """The compiled library, with constants of the source set."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler")
    path = folder / f"library{len(list(folder.iterdir()))}.so"
    constants = [f"-D{name}={value}" for name, value in values.items()]
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-w", *constants, "-xc", "-", "-o", path], input=source, text=True, check=True
    )
    return ctypes.CDLL(path)


def opener(**libraries):
    """Opens the given libraries by the beginning of their names, and finds no other."""

    def open_library(name):
        if name.partition(".")[0] in libraries:
            return libraries[name.partition(".")[0]]
        raise OSError(f"{name}: cannot open shared object file")

    return open_library
