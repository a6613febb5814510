"""Compiled loops over tables of columns: rows are read and written by attribute, as in plain Python."""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import lower_getattr_generic, lower_setattr_generic
from numba.extending import lower_builtin
from numba.np import numpy_support

from sim.numeric.columns import ALWAYS, NUMBERED, Field, Layout
from sim.numeric.compiled_types import POINTER, WORD, OfLayout, RelationsType, RowType, TableType, ValuesType, number_of


def _tag(builder: Any, layout: Layout, field: Field) -> Any:
    """What tells LLVM that columns do not overlap, so that loops over several turn into vector code."""
    module = builder.module
    root = module.add_metadata([ir.MetaDataString(module, "columns")])
    name = ir.MetaDataString(module, f"{layout.name}.{field.name}")
    kind = module.add_metadata([name, root, ir.Constant(WORD, 0)])
    return module.add_metadata([kind, kind, ir.Constant(WORD, 0)])


def _load(builder: Any, layout: Layout, field: Field, address: Any) -> Any:
    stored = numpy_support.from_dtype(np.dtype(field.kind))
    pointer = builder.bitcast(address, _native(stored).as_pointer())
    loaded = builder.load(pointer)
    loaded.set_metadata("tbaa", _tag(builder, layout, field))
    if isinstance(stored, types.Float):
        return loaded if stored == types.float64 else builder.fpext(loaded, ir.DoubleType())
    if stored.bitwidth == 64:
        return loaded
    return builder.sext(loaded, WORD) if stored.signed else builder.zext(loaded, WORD)


def _store(builder: Any, layout: Layout, field: Field, address: Any, value: Any) -> None:
    stored = numpy_support.from_dtype(np.dtype(field.kind))
    if stored == types.float32:
        value = builder.fptrunc(value, ir.FloatType())
    elif isinstance(stored, types.Integer) and stored.bitwidth < 64:
        value = builder.trunc(value, _native(stored))
    written = builder.store(value, builder.bitcast(address, _native(stored).as_pointer()))
    written.set_metadata("tbaa", _tag(builder, layout, field))


def _native(kind: Any) -> Any:
    if isinstance(kind, types.Float):
        return ir.FloatType() if kind == types.float32 else ir.DoubleType()
    return ir.IntType(kind.bitwidth)


def _address(builder: Any, layout: Layout, field: Field, row: Any) -> tuple[Any, Any]:
    """Address of the (first) value of a field in a row, and the stride to its next value. [bytes]"""
    size = ir.Constant(WORD, field.size)
    padded = ir.Constant(WORD, layout.fixed) if layout.fixed else row.padded
    step = builder.mul(padded, size)
    if field.rare == ALWAYS:
        column = builder.gep(row.base, [builder.mul(padded, ir.Constant(WORD, field.before))], inbounds=True)
        pointer = builder.bitcast(column, ir.IntType(8 * field.size).as_pointer())
        return builder.bitcast(builder.gep(pointer, [row.place], inbounds=True), POINTER), step
    # The first word is read as a pointer: of a sum of whole numbers LLVM may take any term for the pointer, and what is
    # written through one that is 0 it leaves out.
    entry = builder.bitcast(row.rare, WORD.as_pointer())
    at = [builder.gep(entry, [ir.Constant(WORD, 3 * field.rare + k)], inbounds=True) for k in range(3)]
    first = builder.load(builder.bitcast(at[0], POINTER.as_pointer()))
    stride, by_firm = builder.load(at[1]), builder.load(at[2])
    offset = builder.add(builder.mul(stride, row.place), builder.mul(by_firm, row.firm))
    kept = builder.icmp_signed("!=", stride, ir.Constant(WORD, 0))
    return builder.gep(first, [offset]), builder.select(kept, step, ir.Constant(WORD, 0))


@lower_getattr_generic(RowType)
def _get(context: Any, builder: Any, kind: RowType, value: Any, name: str) -> Any:
    field = kind.layout.fields[name]
    row = cgutils.create_struct_proxy(kind)(context, builder, value=value)
    if field.rare == NUMBERED:
        return row.place
    address, stride = _address(builder, kind.layout, field, row)
    if not field.values:
        return _load(builder, kind.layout, field, address)
    values = cgutils.create_struct_proxy(ValuesType(kind.layout, field))(context, builder)
    values.first, values.stride = address, stride
    return values._getvalue()


@lower_setattr_generic(RowType)
def _set(context: Any, builder: Any, sig: Any, args: Any, name: str) -> None:
    kind, given = sig.args
    field = kind.layout.fields[name]
    row = cgutils.create_struct_proxy(kind)(context, builder, value=args[0])
    value = context.cast(builder, args[1], given, number_of(field))
    _store(builder, kind.layout, field, _address(builder, kind.layout, field, row)[0], value)


def _moved(result: type[OfLayout]) -> Callable[..., Any]:
    """Lowering of ``table[place]``."""

    def at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        table = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0])
        row = cgutils.create_struct_proxy(sig.return_type)(context, builder)
        row.base, row.padded, row.rare, row.place = table.base, table.padded, table.rare, args[1]
        if result is RelationsType:
            row.firms = table.firms
        else:
            row.firm = ir.Constant(WORD, 0)
        return row._getvalue()

    return at


@lower_builtin(operator.getitem, TableType, types.intp)
def _row_at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = RelationsType if isinstance(sig.return_type, RelationsType) else RowType
    return _moved(kind)(context, builder, sig, args)


@lower_builtin(operator.getitem, RelationsType, types.intp)
def _relation_at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    all_ = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0])
    row = cgutils.create_struct_proxy(sig.return_type)(context, builder)
    offset = builder.mul(builder.mul(all_.padded, ir.Constant(WORD, sig.return_type.layout.width)), args[1])
    row.base = builder.gep(all_.base, [offset], inbounds=True)
    row.padded, row.rare, row.place, row.firm = all_.padded, all_.rare, all_.place, args[1]
    return row._getvalue()


def _value_at(context: Any, builder: Any, kind: ValuesType, args: Any) -> Any:
    values = cgutils.create_struct_proxy(kind)(context, builder, value=args[0])
    return builder.gep(values.first, [builder.mul(values.stride, args[1])], inbounds=True)


@lower_builtin(operator.getitem, ValuesType, types.intp)
def _get_value(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0]
    return _load(builder, kind.layout, kind.field, _value_at(context, builder, kind, args))


@lower_builtin(operator.setitem, ValuesType, types.intp, types.float64)
@lower_builtin(operator.setitem, ValuesType, types.intp, types.int64)
def _set_value(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0]
    _store(builder, kind.layout, kind.field, _value_at(context, builder, kind, args), args[2])
    return context.get_dummy_value()
