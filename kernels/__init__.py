"""Numba kernels: each a CPU function, which is the definition, and its CUDA twin in the same file.

The engine calls the functions below; they take arrays with or without a depth axis.

    weights.axis_weights(length, scale) -> AxisWeights      area when shrinking, linear when enlarging, copy at 1
    weights.border_ramp(length, border) -> (length,)        how a tile fades towards its borders
    window.value_window(low, high, mean=, std=, slope=, intercept=, inverted=) -> ValueWindow
    prepare.prepare(source, axes, window, origin, out, row0, row1)    writes rows of one tile, cut from the source
    stitch.stitch(tile, ramps, origin, stitched, weight)    blends one tile's maps into the stitched maps
    peaks.find_peaks(heat, threshold, most) -> Peaks        highest score first, ties by label and position
    percentiles.count_values(values) -> counts              with `count_halves` for float32: exact percentiles
    component.component(rise, seed) -> mask                 then `surface_points` and `longest_distance`: its size
    boxes.peak_boxes(heat, box, peaks, first_plane, stride) -> boxes    what the cells around each peak say
    difference.find_shifts(picture, template, cell, guess, reach, out, row0, row1)    then `beyond`: what differs
    suppress.suppress(boxes, labels, iou_limit) -> keep     greedy, per label, input in score order
    sound.is_sound(heat, box) -> bool                       probabilities and numbers, nothing else
    statistics.add_statistics(pixels, low, high, sums, row0, row1)    then `statistics(sums)`: mean to sharpness
    texture.grey_of_patches(plane, scale, limits, places, grey) -> sums    then `texture_of_patches`, for sketches
    screen.line_of(places, length, step, smooth=) -> Line    where a screen's rows or columns fall; `ramp_of`: its tones
    show.show(values, corner, down, across, ramp, colours, out, row0, row1)    the visible part of a picture, drawn
    show.tint(cells, down, across, ramp, colours, out, row0, row1)    a heat map laid over it
    reslice.reslice(voxels, corner, right, down, normal, slices, out, row0, row1)    a cut through a volume, any angle
    project.project(values, corner, steps, planes, out, row0, row1)    several planes along the grid seen as one
    shrink.shrink(pixels, factors, out, row0, row1)         averages; what is shown below one to one
    warm.warm() -> [(kernel, seconds)]                      compiles all of it into the cache

`prepare` is for `engine.prepare.pool.RowPool`, which splits the rows of a tile (d * h of them) into chunks:

    pool.run(lambda row0, row1: prepare(source, axes, window, origin, out, row0, row1), rows, values_a_row)

Every kernel is serial and gives the same bytes for every split of its rows. `compiled.py` says how it is compiled.

What draws (`show`, `reslice`, `project`, `shrink`) has no twin: the screen is the processor's. Nor
have `texture` and `difference`: sketches and templates are looked at by the processor, whatever answers.

The twin of `x` is launched by `x_on_device`, which takes arrays of `device_arrays` and gives the same bytes. It puts
work into a stream and returns; it allocates nothing and waits for nothing, so that a CUDA graph can hold it.
`cuda_compiled.py` says how twins are compiled, and imports numba-cuda at the first launch only.
"""
