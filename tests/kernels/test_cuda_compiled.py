"""Twins cost nothing until one is launched, and are compiled to machine code without a device."""

import importlib.util
import re
import subprocess
import sys

import pytest

from tests.tools.cubins import PAGE, argument_types, compiled, page, twins

needs_numba_cuda = pytest.mark.skipif(
    importlib.util.find_spec("numba_cuda") is None, reason="needs the extra gpu (make check installs it)"
)


def test_importing_every_kernel_opens_neither_numba_cuda_nor_the_driver():
    script = (
        "import sys, kernels.warm, kernels.boxes, kernels.statistics, kernels.sound, kernels.device_arrays; "
        "print([name for name in sys.modules if name.startswith(('numba.cuda', 'numba_cuda', 'cuda.'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"


def test_every_twin_is_compiled_for_every_capability():
    assert argument_types().keys() == twins().keys()


@needs_numba_cuda
@pytest.mark.deep
def test_machine_code_keeps_nothing_in_slow_memory_and_fuses_no_sum_of_products():
    rows = list(compiled())
    for row in rows:
        name = f"{row.twin} {row.form}"
        assert not re.findall(r"\bfma\.", row.ptx), f"{name} fuses a multiplication and an addition into one rounding"
        for capability, needs in row.needs.items():
            assert needs.registers > 0, name
            assert (needs.stack_bytes, needs.spilled_bytes) == (0, 0), f"{name} spills on sm_{capability}"
    assert PAGE.read_text() == page(rows), "python -m tests.tools.cubins --write writes the page anew"
