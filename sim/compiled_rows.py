"""Compiled loops over tables of columns: rows are read and written by attribute, as in plain Python."""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import lower_getattr_generic, lower_setattr_generic
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_getattr, infer_global, signature
from numba.extending import (
    NativeValue,
    lower_builtin,
    make_attribute_wrapper,
    models,
    overload,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np import numpy_support

from sim.columns import Field, Layout, Table

_POINTER = ir.IntType(8).as_pointer()
_WORD = ir.IntType(64)


class _OfLayout(types.Type):  # type: ignore[misc]  # numba has no types
    """A type of compiled code that belongs to one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        super().__init__(name=f"{type(self).__name__}[{layout.name},{layout.width}]")


class TableType(_OfLayout):
    """A whole table."""


class RelationsType(_OfLayout):
    """The rows of one place, by firm."""


class RowType(_OfLayout):
    """One row."""


class ValuesType(types.Type):  # type: ignore[misc]  # numba has no types
    """The values of one field of one row."""

    def __init__(self, layout: Layout, field: Field) -> None:
        self.layout, self.field = layout, field
        super().__init__(name=f"Values[{layout.name},{field.name}]")


def _model(kind: type[types.Type], members: list[tuple[str, types.Type]]) -> None:
    class Model(models.StructModel):  # type: ignore[misc]  # numba has no types
        def __init__(self, manager: Any, kind: Any) -> None:
            super().__init__(manager, kind, members)

    register_model(kind)(Model)


_WHERE = [("base", types.voidptr), ("padded", types.intp), ("rare", types.voidptr)]
_model(TableType, [*_WHERE, ("places", types.intp), ("firms", types.intp)])
_model(RelationsType, [*_WHERE, ("place", types.intp), ("firms", types.intp)])
_model(RowType, [*_WHERE, ("place", types.intp), ("firm", types.intp)])
_model(ValuesType, [("first", types.voidptr), ("stride", types.intp)])
make_attribute_wrapper(TableType, "places", "places")
make_attribute_wrapper(TableType, "firms", "firms")


@typeof_impl.register(Table)  # type: ignore[untyped-decorator]  # numba has no types
def _typeof(table: Table, context: object) -> TableType:
    return TableType(table.layout)


@unbox(TableType)  # type: ignore[untyped-decorator]  # numba has no types
def _unbox(kind: TableType, thing: Any, context: Any) -> NativeValue:
    native = cgutils.create_struct_proxy(kind)(context.context, context.builder)
    for name, attribute in (("base", "base"), ("rare", "rare_base"), ("padded", "padded"), ("places", "places"), ("firms", "firms")):
        number = context.pyapi.object_getattr_string(thing, attribute)
        word = context.pyapi.long_as_longlong(number)
        context.pyapi.decref(number)
        pointer = name in ("base", "rare")
        setattr(native, name, context.builder.inttoptr(word, _POINTER) if pointer else word)
    return NativeValue(native._getvalue(), is_error=cgutils.is_not_null(context.builder, context.pyapi.err_occurred()))


def _number_of(field: Field) -> Any:
    """The type in which a field is read and written: whole or double-precision numbers."""
    return types.float64 if "f" in field.kind else types.int64


@infer_getattr
class _Attributes(AttributeTemplate):  # type: ignore[misc]  # numba has no types
    key = RowType

    def generic_resolve(self, kind: RowType, name: str) -> Any:
        field = kind.layout.fields.get(name)
        if field is None:
            return None
        return ValuesType(kind.layout, field) if field.values else _number_of(field)


def _tag(builder: Any, layout: Layout, field: Field) -> Any:
    """What tells LLVM that columns do not overlap, so that loops over several turn into vector code."""
    module = builder.module
    root = module.add_metadata([ir.MetaDataString(module, "columns")])
    name = ir.MetaDataString(module, f"{layout.name}.{field.name}")
    kind = module.add_metadata([name, root, ir.Constant(_WORD, 0)])
    return module.add_metadata([kind, kind, ir.Constant(_WORD, 0)])


def _load(builder: Any, layout: Layout, field: Field, address: Any) -> Any:
    stored = numpy_support.from_dtype(np.dtype(field.kind))
    pointer = builder.bitcast(address, _native(stored).as_pointer())
    loaded = builder.load(pointer)
    loaded.set_metadata("tbaa", _tag(builder, layout, field))
    if isinstance(stored, types.Float):
        return loaded if stored == types.float64 else builder.fpext(loaded, ir.DoubleType())
    if stored == types.int64:
        return loaded
    return builder.sext(loaded, _WORD) if stored.signed else builder.zext(loaded, _WORD)


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
    size = ir.Constant(_WORD, field.size)
    step = builder.mul(row.padded, size)
    if field.rare < 0:
        column = builder.gep(row.base, [builder.mul(row.padded, ir.Constant(_WORD, field.before))], inbounds=True)
        pointer = builder.bitcast(column, ir.IntType(8 * field.size).as_pointer())
        return builder.bitcast(builder.gep(pointer, [row.place], inbounds=True), _POINTER), step
    entry = builder.bitcast(row.rare, _WORD.as_pointer())
    first, stride, by_firm = (
        builder.load(builder.gep(entry, [ir.Constant(_WORD, 3 * field.rare + k)], inbounds=True)) for k in range(3)
    )
    offset = builder.add(builder.mul(stride, row.place), builder.mul(by_firm, row.firm))
    kept = builder.icmp_signed("!=", stride, ir.Constant(_WORD, 0))
    return builder.inttoptr(builder.add(first, offset), _POINTER), builder.select(kept, step, ir.Constant(_WORD, 0))


@lower_getattr_generic(RowType)  # type: ignore[untyped-decorator]  # numba has no types
def _get(context: Any, builder: Any, kind: RowType, value: Any, name: str) -> Any:
    field = kind.layout.fields[name]
    row = cgutils.create_struct_proxy(kind)(context, builder, value=value)
    address, stride = _address(builder, kind.layout, field, row)
    if not field.values:
        return _load(builder, kind.layout, field, address)
    values = cgutils.create_struct_proxy(ValuesType(kind.layout, field))(context, builder)
    values.first, values.stride = address, stride
    return values._getvalue()


@lower_setattr_generic(RowType)  # type: ignore[untyped-decorator]  # numba has no types
def _set(context: Any, builder: Any, sig: Any, args: Any, name: str) -> None:
    kind, given = sig.args
    field = kind.layout.fields[name]
    row = cgutils.create_struct_proxy(kind)(context, builder, value=args[0])
    value = context.cast(builder, args[1], given, _number_of(field))
    _store(builder, kind.layout, field, _address(builder, kind.layout, field, row)[0], value)


@infer_global(operator.getitem)
class _Getitem(AbstractTemplate):  # type: ignore[misc]  # numba has no types
    def generic(self, args: Any, kws: Any) -> Any:
        thing, index = args
        if isinstance(thing, TableType) and isinstance(index, types.Integer):
            row = RelationsType if thing.layout.by_firm else RowType
            return signature(row(thing.layout), thing, types.intp)
        if isinstance(thing, RelationsType) and isinstance(index, types.Integer):
            return signature(RowType(thing.layout), thing, types.intp)
        if isinstance(thing, ValuesType) and isinstance(index, types.Integer):
            return signature(_number_of(thing.field), thing, types.intp)
        return None


@infer_global(operator.setitem)
class _Setitem(AbstractTemplate):  # type: ignore[misc]  # numba has no types
    def generic(self, args: Any, kws: Any) -> Any:
        thing, index, _ = args
        if isinstance(thing, ValuesType) and isinstance(index, types.Integer):
            return signature(types.none, thing, types.intp, _number_of(thing.field))
        return None


def _moved(result: type[_OfLayout]) -> Callable[..., Any]:
    """Lowering of ``table[place]``."""

    def at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        table = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0])
        row = cgutils.create_struct_proxy(sig.return_type)(context, builder)
        row.base, row.padded, row.rare, row.place = table.base, table.padded, table.rare, args[1]
        if result is RelationsType:
            row.firms = table.firms
        else:
            row.firm = ir.Constant(_WORD, 0)
        return row._getvalue()

    return at


@lower_builtin(operator.getitem, TableType, types.intp)  # type: ignore[untyped-decorator]  # numba has no types
def _row_at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = RelationsType if isinstance(sig.return_type, RelationsType) else RowType
    return _moved(kind)(context, builder, sig, args)


@lower_builtin(operator.getitem, RelationsType, types.intp)  # type: ignore[untyped-decorator]  # numba has no types
def _relation_at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    all_ = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0])
    row = cgutils.create_struct_proxy(sig.return_type)(context, builder)
    offset = builder.mul(builder.mul(all_.padded, ir.Constant(_WORD, sig.return_type.layout.width)), args[1])
    row.base = builder.gep(all_.base, [offset], inbounds=True)
    row.padded, row.rare, row.place, row.firm = all_.padded, all_.rare, all_.place, args[1]
    return row._getvalue()


def _value_at(context: Any, builder: Any, kind: ValuesType, args: Any) -> Any:
    values = cgutils.create_struct_proxy(kind)(context, builder, value=args[0])
    return builder.gep(values.first, [builder.mul(values.stride, args[1])], inbounds=True)


@lower_builtin(operator.getitem, ValuesType, types.intp)  # type: ignore[untyped-decorator]  # numba has no types
def _get_value(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0]
    return _load(builder, kind.layout, kind.field, _value_at(context, builder, kind, args))


@lower_builtin(operator.setitem, ValuesType, types.intp, types.float64)  # type: ignore[untyped-decorator]
@lower_builtin(operator.setitem, ValuesType, types.intp, types.int64)  # type: ignore[untyped-decorator]
def _set_value(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0]
    _store(builder, kind.layout, kind.field, _value_at(context, builder, kind, args), args[2])
    return context.get_dummy_value()


@overload(len, strict=False)  # type: ignore[untyped-decorator]  # numba has no types
def _length(thing: Any) -> Any:
    if isinstance(thing, TableType):
        return lambda thing: thing.places
    if isinstance(thing, RelationsType):
        return lambda thing: thing.firms
    return None


make_attribute_wrapper(RelationsType, "firms", "firms")
